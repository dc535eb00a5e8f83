namespace VoucherFunctions.Domain.Vouchers;

/// <summary>Arithmetic of GF(2⁵) modulo x⁵+x²+1, whose root α = 2 generates all 31 non-zero elements.</summary>
internal static class Gf32
{
    private const int Order = 31;
    private static readonly byte[] Powers = new byte[Order];
    private static readonly byte[] Logarithms = new byte[Order + 1];

    static Gf32()
    {
        var element = 1;
        for (var exponent = 0; exponent < Order; exponent++)
        {
            Powers[exponent] = (byte)element;
            Logarithms[element] = (byte)exponent;
            element <<= 1;
            if ((element & 32) != 0)
            {
                element ^= 0b100101;
            }
        }
    }

    /// <summary>α to the power of <paramref name="exponent"/> (0–30).</summary>
    public static int Power(int exponent) => Powers[exponent];

    public static int Multiply(int a, int b) =>
        a == 0 || b == 0 ? 0 : Powers[(Logarithms[a] + Logarithms[b]) % Order];

    public static int Divide(int a, int b) =>
        a == 0 ? 0 : Powers[(Logarithms[a] - Logarithms[b] + Order) % Order];
}
