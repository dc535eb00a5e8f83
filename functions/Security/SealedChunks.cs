using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VoucherFunctions.Security;

/// <summary>
/// The form of long sealed contents (docs/decisions/0011): one byte of format, then chunks of 64 KiB, each AES-256-GCM with a tag of its own. The nonce is
/// the chunk's number and whether it is the last one, as in STREAM (https://eprint.iacr.org/2015/189): a chunk that is changed, moved, left out or doubled,
/// or an end that is missing or came too early, does not open. That is safe under one condition: a key seals one content only, ever.
/// </summary>
public sealed class SealedChunks(byte[] key) : IDisposable
{
    public const byte Format = 1;
    public const int PlainBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int SealedBytes = PlainBytes + TagBytes;
    private const int NonceBytes = 12;
    private readonly AesGcm _aes = new(key, TagBytes);
    private uint _number;

    /// <summary>How long a content is when it is sealed. An empty one is one empty chunk.</summary>
    public static long LengthOf(long plain) => 1 + plain + TagBytes * Math.Max(1, (plain + PlainBytes - 1) / PlainBytes);

    /// <summary>Seals the next chunk; every chunk but the last is full.</summary>
    public void Seal(ReadOnlySpan<byte> plain, bool isLast, Span<byte> box)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Next(nonce, isLast);
        _aes.Encrypt(nonce, plain, box[..plain.Length], box.Slice(plain.Length, TagBytes));
    }

    /// <summary>Opens the next chunk; throws <see cref="CryptographicException"/> unless it is the very one that was sealed here.</summary>
    public void Open(ReadOnlySpan<byte> box, bool isLast, Span<byte> plain)
    {
        if (box.Length < TagBytes)
        {
            throw new CryptographicException("A sealed chunk is shorter than its tag.");
        }
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Next(nonce, isLast);
        _aes.Decrypt(nonce, box[..^TagBytes], box[^TagBytes..], plain[..(box.Length - TagBytes)]);
    }

    public void Dispose() => _aes.Dispose();

    private void Next(Span<byte> nonce, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[7..], checked(_number++));
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
