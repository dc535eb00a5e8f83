using System.Buffers;
using System.Security.Cryptography;

namespace VoucherFunctions.Security;

/// <summary>Reads what <see cref="SealedChunks"/> describes, a chunk at a time: what it hands out was verified.</summary>
public static class SealedReader
{
    /// <summary>
    /// Opens a sealed content into <paramref name="plain"/>. Throws <see cref="CryptographicException"/> at the first chunk that is not as it was sealed, and
    /// when the length is not this one: what was written until then must not be taken for the content.
    /// </summary>
    public static async Task OpenAsync(Stream sealedContent, byte[] key, long length, Stream plain, CancellationToken cancellation)
    {
        // One byte more than a chunk: whether there is one tells whether the chunk is the last.
        var box = ArrayPool<byte>.Shared.Rent(SealedChunks.SealedBytes + 1);
        var opened = ArrayPool<byte>.Shared.Rent(SealedChunks.PlainBytes);
        try
        {
            await OpenAsync(sealedContent, key, length, plain, box, opened, cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
            ArrayPool<byte>.Shared.Return(opened);
            ArrayPool<byte>.Shared.Return(box);
        }
    }

    private static async Task OpenAsync(
        Stream sealedContent, byte[] key, long length, Stream plain, byte[] box, byte[] opened, CancellationToken cancellation)
    {
        using var chunks = new SealedChunks(key);
        if (await sealedContent.ReadAtLeastAsync(box.AsMemory(0, 1), 1, throwOnEndOfStream: false, cancellation) == 0 || box[0] != SealedChunks.Format)
        {
            throw new CryptographicException("A sealed content has no known format.");
        }
        var filled = 0;
        for (var left = length; ;)
        {
            filled += await sealedContent.ReadAtLeastAsync(
                box.AsMemory(filled, SealedChunks.SealedBytes + 1 - filled), SealedChunks.SealedBytes + 1 - filled, throwOnEndOfStream: false, cancellation);
            var isLast = filled <= SealedChunks.SealedBytes;
            var size = Math.Min(filled, SealedChunks.SealedBytes);
            chunks.Open(box.AsSpan(0, size), isLast, opened);
            left -= size - SealedChunks.TagBytes;
            if (left < 0 || (isLast && left > 0))
            {
                throw new CryptographicException("A sealed content is not as long as it was.");
            }
            await plain.WriteAsync(opened.AsMemory(0, size - SealedChunks.TagBytes), cancellation);
            if (isLast)
            {
                return;
            }
            box[0] = box[SealedChunks.SealedBytes];
            filled = 1;
        }
    }
}
