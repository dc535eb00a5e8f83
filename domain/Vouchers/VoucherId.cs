using System.Diagnostics.CodeAnalysis;
using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Domain.Vouchers;

/// <summary>
/// Names a voucher without giving its code away: 160 bits of HMAC-SHA-256(code), 32 lower-case base32 symbols.
/// The key of the voucher's storage partition.
/// </summary>
public sealed record VoucherId
{
    public const int Bytes = 20;

    private VoucherId(string value) => Value = value;

    public string Value { get; }

    public static VoucherId Of(VoucherCode code, HashingKeys keys, byte version) =>
        FromBytes(keys.Hash(version, HashPurpose.VoucherId, code.Symbols).AsSpan(0, Bytes));

    public static VoucherId FromBytes(ReadOnlySpan<byte> bytes) => new(Base32.Encode(bytes[..Bytes]));

    public static bool TryParse(string? text, [NotNullWhen(true)] out VoucherId? id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        id = text is not null && Base32.TryDecode(text, bytes) ? new VoucherId(text) : null;
        return id is not null;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        Base32.TryDecode(Value, bytes);
        return bytes;
    }

    public override string ToString() => Value;
}
