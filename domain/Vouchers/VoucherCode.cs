using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace VoucherFunctions.Domain.Vouchers;

/// <summary>
/// The code on a voucher: 15 symbols of Crockford's base32 (75 bits) and a check symbol, always valid.
/// Shown as <c>XXXX-XXXX-XXXX-XXXX</c>.
/// </summary>
/// <remarks>
/// The check is a weighted sum over GF(32), x⁵+x²+1: Σ αⁱ·sᵢ = 0 for i = 0…15. The 16 weights differ and none is
/// zero, so a single wrong symbol changes the sum by αⁱ·d ≠ 0 and a swap of two by (αⁱ+αʲ)·d ≠ 0: both are always caught.
/// </remarks>
public sealed class VoucherCode : IEquatable<VoucherCode>
{
    public const int Length = 16;

    private readonly string _symbols;

    private VoucherCode(string symbols) => _symbols = symbols;

    /// <summary>The 16 symbols without dashes, upper case: what the voucher's id is derived from.</summary>
    public string Symbols => _symbols;

    /// <summary>Takes the first 75 bits of <paramref name="random"/> (at least 10 bytes) and appends the check symbol.</summary>
    public static VoucherCode FromBits(ReadOnlySpan<byte> random)
    {
        var high = BinaryPrimitives.ReadUInt64BigEndian(random);
        var low = BinaryPrimitives.ReadUInt16BigEndian(random[8..]);
        var bits = ((UInt128)high << 16) | low;
        Span<char> symbols = stackalloc char[Length];
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
        {
            var value = (int)(bits >> (75 - 5 * i)) & 31;
            symbols[i] = Base32.Alphabet[value];
            sum ^= Gf32.Multiply(Gf32.Power(i), value);
        }
        symbols[^1] = Base32.Alphabet[Gf32.Divide(sum, Gf32.Power(Length - 1))];
        return new VoucherCode(new string(symbols));
    }

    /// <summary>
    /// Reads a code as a person types it: case, white space and dashes do not matter; O is 0, I and L are 1.
    /// False when it is not 16 symbols of the alphabet or the check symbol does not fit.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VoucherCode? code)
    {
        code = null;
        if (text is null || text.Length > 64)
        {
            return false;
        }
        Span<char> symbols = stackalloc char[Length];
        int count = 0, sum = 0;
        foreach (var typed in text)
        {
            if (char.IsWhiteSpace(typed) || typed is '-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212')
            {
                continue;
            }
            var symbol = typed switch { 'o' or 'O' => '0', 'i' or 'I' or 'l' or 'L' => '1', _ => typed };
            var value = Base32.ValueOf(symbol);
            if (value < 0 || count == Length)
            {
                return false;
            }
            symbols[count] = Base32.Alphabet[value];
            sum ^= Gf32.Multiply(Gf32.Power(count), value);
            count++;
        }
        if (count != Length || sum != 0)
        {
            return false;
        }
        code = new VoucherCode(new string(symbols));
        return true;
    }

    /// <summary>The grouped form <c>XXXX-XXXX-XXXX-XXXX</c>.</summary>
    public override string ToString() => $"{_symbols[..4]}-{_symbols[4..8]}-{_symbols[8..12]}-{_symbols[12..]}";

    public bool Equals(VoucherCode? other) => other is not null && _symbols == other._symbols;

    public override bool Equals(object? obj) => Equals(obj as VoucherCode);

    public override int GetHashCode() => _symbols.GetHashCode(StringComparison.Ordinal);
}
