using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

public enum LinkPurpose : byte
{
    Activation = 1,
    PasswordReset = 2,
    Registration = 3,
}

/// <summary>
/// A token in a link or handle: key version (1 byte), purpose (1), voucher id (20), end in Unix milliseconds (6), nonce (10) and the
/// first 16 bytes of their HMAC, in base64url. It is never stored; the nonce in the voucher's state says whether it is still the valid one.
/// A forged token is refused without asking the storage.
/// </summary>
public sealed record LinkToken(LinkPurpose Purpose, VoucherId Voucher, DateTimeOffset Until, string Nonce)
{
    private const int NonceBytes = 10;
    private const int BodyBytes = 2 + VoucherId.Bytes + 6 + NonceBytes;
    private const int MacBytes = 16;
    public const int Length = (BodyBytes + MacBytes) * 4 / 3;

    /// <summary>80 random bits that tell this link from every other; 16 base32 symbols.</summary>
    public static string NewNonce() => Base32.Encode(RandomNumberGenerator.GetBytes(NonceBytes));

    public string ToText(HashingKeys keys)
    {
        Span<byte> bytes = stackalloc byte[BodyBytes + MacBytes];
        bytes[0] = keys.Current;
        bytes[1] = (byte)Purpose;
        Voucher.ToBytes().CopyTo(bytes[2..]);
        Span<byte> until = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(until, Until.ToUnixTimeMilliseconds());
        until[2..].CopyTo(bytes[(2 + VoucherId.Bytes)..]);
        Base32.TryDecode(Nonce, bytes.Slice(BodyBytes - NonceBytes, NonceBytes));
        keys.Hash(keys.Current, HashPurpose.Link, bytes[..BodyBytes]).AsSpan(0, MacBytes).CopyTo(bytes[BodyBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False when it is not a token that this service made for this purpose. Says nothing of its end.</summary>
    public static bool TryParse(string? text, LinkPurpose purpose, HashingKeys keys, [NotNullWhen(true)] out LinkToken? token)
    {
        token = null;
        Span<byte> bytes = stackalloc byte[BodyBytes + MacBytes];
        if (text is null
            || text.Length != Length
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != bytes.Length
            || bytes[1] != (byte)purpose
            || !keys.Has(bytes[0])
            || !CryptographicOperations.FixedTimeEquals(
                keys.Hash(bytes[0], HashPurpose.Link, bytes[..BodyBytes]).AsSpan(0, MacBytes), bytes[BodyBytes..]))
        {
            return false;
        }
        Span<byte> until = stackalloc byte[8];
        until.Clear();
        bytes.Slice(2 + VoucherId.Bytes, 6).CopyTo(until[2..]);
        token = new LinkToken(
            purpose,
            VoucherId.FromBytes(bytes.Slice(2, VoucherId.Bytes)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(until)),
            Base32.Encode(bytes.Slice(BodyBytes - NonceBytes, NonceBytes)));
        return true;
    }
}
