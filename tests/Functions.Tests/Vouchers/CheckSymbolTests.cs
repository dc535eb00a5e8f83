using CsCheck;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Vouchers;
using Xunit;

namespace VoucherFunctions.Tests.Vouchers;

/// <summary>
/// The check symbol catches every single wrong symbol and every swap of two. Proven for all 32¹⁵ codes: the valid words are a linear code over GF(2), so that
/// an error goes unnoticed on one code exactly if it does on every code, that is if the error alone is a valid word (<see cref="Errors_do_not_depend_on_the_code"/>);
/// and all errors of both kinds are tried alone. Tried once more on codes, in case the theory is wrong.
/// </summary>
public sealed class CheckSymbolTests
{
    private static readonly Gen<int[]> AnyWord = Gen.Int[0, 31].Array[VoucherCode.Length];
    private static readonly Gen<int[]> AnyCode = Gen.Byte.Array[10].Select(bytes => Values(VoucherCode.FromBits(bytes)));

    [Fact]
    public void Errors_do_not_depend_on_the_code() => Gen.Select(AnyCode, AnyWord, AnyCode).Sample((code, error, other) =>
    {
        Assert.Equal(IsValid(error), IsValid(Add(code, error)));
        Assert.True(IsValid(Add(code, other)));
    });

    [Fact]
    public void Errors_do_not_depend_on_any_bit_of_the_code()
    {
        var basis = Enumerable.Range(0, 75).Select(CodeOfBit).ToArray();

        Assert.All(basis, one => Assert.All(basis, other => Assert.True(IsValid(Add(one, other)))));
    }

    [Fact]
    public void No_single_wrong_symbol_is_a_valid_word_by_itself()
    {
        var unnoticed =
            from position in Enumerable.Range(0, VoucherCode.Length)
            from difference in Enumerable.Range(1, 31)
            let error = With(new int[VoucherCode.Length], (position, difference))
            where IsValid(error)
            select (position, difference);

        Assert.Empty(unnoticed);
    }

    [Fact]
    public void No_swap_of_two_symbols_is_a_valid_word_by_itself()
    {
        var unnoticed =
            from pair in Pairs
            from difference in Enumerable.Range(1, 31)
            let error = With(new int[VoucherCode.Length], (pair.First, difference), (pair.Second, difference))
            where IsValid(error)
            select (pair, difference);

        Assert.Empty(unnoticed);
    }

    [Fact]
    public void Every_single_wrong_symbol_of_a_code_is_noticed() => AnyCode.Sample(
        code =>
        {
            var unnoticed =
                from position in Enumerable.Range(0, VoucherCode.Length)
                from symbol in Enumerable.Range(0, 32)
                where symbol != code[position] && IsValid(With(code, (position, symbol)))
                select (position, symbol);

            Assert.Empty(unnoticed);
        },
        iter: 100);

    [Fact]
    public void Every_swap_of_two_symbols_is_noticed_at_every_pair_of_positions_with_every_pair_of_symbols()
    {
        var tried = 0;
        foreach (var (first, second) in Pairs)
        {
            for (var a = 0; a < 32; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    var code = CodeWith((first, a), (second, b));
                    Assert.True(IsValid(code));
                    Assert.False(IsValid(With(code, (first, b), (second, a))), $"{a} at {first} and {b} at {second}");
                    tried++;
                }
            }
        }
        Assert.Equal(120 * 496, tried);
    }

    private static IEnumerable<(int First, int Second)> Pairs =>
        from first in Enumerable.Range(0, VoucherCode.Length)
        from second in Enumerable.Range(first + 1, VoucherCode.Length - first - 1)
        select (first, second);

    /// <summary>A valid code with these two symbols: a third one is chosen to make it so.</summary>
    private static int[] CodeWith((int Position, int Value) one, (int Position, int Value) other)
    {
        var free = Enumerable.Range(0, VoucherCode.Length).First(position => position != one.Position && position != other.Position);
        return Enumerable.Range(0, 32)
            .Select(value => With(new int[VoucherCode.Length], one, other, (free, value)))
            .Single(IsValid);
    }

    private static int[] CodeOfBit(int bit)
    {
        var bytes = new byte[10];
        bytes[bit / 8] = (byte)(128 >> (bit % 8));
        return Values(VoucherCode.FromBits(bytes));
    }

    private static int[] Values(VoucherCode code) => [.. code.Symbols.Select(Base32.ValueOf)];

    private static bool IsValid(int[] word) => VoucherCode.TryParse(string.Concat(word.Select(value => Base32.Alphabet[value])), out _);

    private static int[] Add(int[] one, int[] other) => [.. one.Zip(other, (a, b) => a ^ b)];

    private static int[] With(int[] word, params ReadOnlySpan<(int Position, int Value)> changes)
    {
        int[] changed = [.. word];
        foreach (var (position, value) in changes)
        {
            changed[position] = value;
        }
        return changed;
    }
}
