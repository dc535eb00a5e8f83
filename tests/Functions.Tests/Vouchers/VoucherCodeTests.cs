using CsCheck;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Vouchers;
using Xunit;

namespace VoucherFunctions.Tests.Vouchers;

public sealed class VoucherCodeTests
{
    private static readonly Gen<VoucherCode> AnyCode = Gen.Byte.Array[10].Select(bytes => VoucherCode.FromBits(bytes));

    private static readonly string[] Ignored = ["", " ", "-", " - ", "\t", "\u00A0", "\u2011", "\u2013"];

    [Fact]
    public void A_code_that_was_made_is_read_back_from_what_is_printed() => AnyCode.Sample(code =>
    {
        Assert.True(VoucherCode.TryParse(code.ToString(), out var parsed));

        Assert.Equal(code, parsed);
    });

    [Fact]
    public void A_code_is_printed_as_four_groups_of_four_symbols() => AnyCode.Sample(code =>
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$", code.ToString()));

    [Fact]
    public void Other_bits_give_another_code()
    {
        var codes = Enumerable.Range(0, 75).Select(bit =>
        {
            var bytes = new byte[10];
            bytes[bit / 8] = (byte)(128 >> (bit % 8));
            return VoucherCode.FromBits(bytes).Symbols;
        });

        Assert.Equal(75, codes.Distinct().Count());
    }

    [Fact]
    public void Case_white_space_and_dashes_do_not_matter() => Gen.Select(
        AnyCode, Gen.Bool.Array[VoucherCode.Length], Gen.Int[0, Ignored.Length - 1].Array[VoucherCode.Length]).Sample((code, isLower, between) =>
    {
        var typed = string.Concat(code.Symbols.Select((symbol, i) => Ignored[between[i]] + (isLower[i] ? char.ToLowerInvariant(symbol) : symbol)));

        Assert.True(VoucherCode.TryParse(typed, out var parsed), typed);
        Assert.Equal(code, parsed);
    });

    [Theory]
    [InlineData('0', "oO")]
    [InlineData('1', "iIlL")]
    public void Letters_that_look_like_digits_are_read_as_digits(char digit, string alike)
    {
        // 0000…0 is valid; a code with ones is found by trying.
        var code = Enumerable.Range(0, 1024)
            .Select(i => VoucherCode.FromBits([0x08, (byte)(i >> 8), (byte)i, 0, 0, 0, 0, 0, 0, 0]).Symbols)
            .First(symbols => symbols.Contains(digit, StringComparison.Ordinal));

        foreach (var letter in alike)
        {
            Assert.True(VoucherCode.TryParse(code.Replace(digit, letter), out var parsed), $"{letter} for {digit}");
            Assert.Equal(code, parsed.Symbols);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0000-0000-0000-000")]
    [InlineData("0000-0000-0000-00000")]
    [InlineData("0000-0000-0000-000U")]
    [InlineData("0000-0000-0000-000é")]
    [InlineData("0000_0000_0000_0000")]
    public void What_is_not_16_symbols_of_the_alphabet_is_no_code(string? text) =>
        Assert.False(VoucherCode.TryParse(text, out _));

    [Fact]
    public void The_alphabet_has_32_symbols_and_none_that_looks_like_another()
    {
        Assert.Equal(32, Base32.Alphabet.Distinct().Count());
        Assert.DoesNotContain(Base32.Alphabet, symbol => "ILOU".Contains(symbol, StringComparison.Ordinal));
    }
}
