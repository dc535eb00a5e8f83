namespace VoucherFunctions.Domain;

/// <summary>
/// Crockford's base32 (https://www.crockford.com/base32.html): five bits a symbol, no I, L, O, U.
/// Lower case is used for storage keys and identifiers, upper case for what people type.
/// </summary>
public static class Base32
{
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string LowerAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Encodes bytes, most significant bit first; the last symbol is padded with zero bits.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> symbols = stackalloc char[(bytes.Length * 8 + 4) / 5];
        int buffer = 0, bits = 0, written = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                symbols[written++] = LowerAlphabet[(buffer >> bits) & 31];
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0)
        {
            symbols[written] = LowerAlphabet[(buffer << (5 - bits)) & 31];
        }
        return new string(symbols);
    }

    /// <summary>The value 0–31 of an upper-case or lower-case symbol of the alphabet, or −1.</summary>
    public static int ValueOf(char symbol) => symbol is >= 'a' and <= 'z'
        ? LowerAlphabet.IndexOf(symbol, StringComparison.Ordinal)
        : Alphabet.IndexOf(symbol, StringComparison.Ordinal);

    /// <summary>Decodes exactly <paramref name="bytes"/>.Length bytes from lower-case symbols; false for any other length, symbol or padding.</summary>
    public static bool TryDecode(ReadOnlySpan<char> symbols, Span<byte> bytes)
    {
        if (symbols.Length != (bytes.Length * 8 + 4) / 5)
        {
            return false;
        }
        int buffer = 0, bits = 0, written = 0;
        foreach (var symbol in symbols)
        {
            var value = LowerAlphabet.IndexOf(symbol, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[written++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return buffer == 0;
    }
}
