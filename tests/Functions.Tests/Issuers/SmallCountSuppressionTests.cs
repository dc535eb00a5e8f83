using VoucherFunctions.Domain.Issuers;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class SmallCountSuppressionTests
{
    private const int Smallest = 5;

    /// <summary>
    /// Every table of these sizes with every number from 0 to 5 (what is larger is shown as it is), grouped by what is shown of it: whoever sees it cannot tell the tables
    /// of a group apart, even knowing the rules.
    /// </summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 5)]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void A_number_that_is_hidden_can_be_anything_from_0_to_4(int rows, int columns)
    {
        var told = AllTables(rows, columns).GroupBy(table => Text(SmallCountSuppression.Of(Rows(table, columns), columns))).ToList();

        Assert.NotEmpty(told);
        Assert.All(told, alike =>
        {
            for (var cell = 0; cell < rows * columns; cell++)
            {
                var possible = alike.Select(table => table[cell]).Distinct().Order();
                Assert.Equal(alike.First()[cell] < Smallest ? [0, 1, 2, 3, 4] : [Smallest], possible);
            }
        });
    }

    [Fact]
    public void Large_numbers_are_shown_with_all_their_totals()
    {
        var (rows, sum) = SmallCountSuppression.Of([[60, 8, 9], [70, 5, 6]], 3);

        Assert.Equal("60 8 9 = 77, 70 5 6 = 81, 130 13 15 = 158", Text((rows, sum)));
    }

    [Fact]
    public void A_total_is_shown_where_it_gives_nothing_away()
    {
        var (rows, sum) = SmallCountSuppression.Of([[60, 3, 1, 0], [70, 9, 9, 9]], 4);

        Assert.Equal("60 ? ? ? = 64, 70 9 9 9 = 97, 130 ? ? ? = 161", Text((rows, sum)));
    }

    [Fact]
    public void A_sum_over_offices_is_shown_where_it_gives_nothing_away()
    {
        var (rows, sum) = SmallCountSuppression.Of([[60, 3], [70, 2], [80, 1]], 2);

        Assert.Equal("60 ? = ?, 70 ? = ?, 80 ? = ?, 210 6 = 216", Text((rows, sum)));
    }

    [Fact]
    public void Of_no_office_nothing_is_shown()
    {
        var (rows, sum) = SmallCountSuppression.Of([], 2);

        Assert.Equal("? ? = ?", Text((rows, sum)));
    }

    private static IEnumerable<int[]> AllTables(int rows, int columns) => Enumerable.Repeat(Enumerable.Range(0, Smallest + 1), rows * columns)
        .Aggregate((IEnumerable<int[]>)[[]], (tables, cells) => tables.SelectMany(table => cells.Select(cell => (int[])[.. table, cell])));

    private static IReadOnlyList<IReadOnlyList<int>> Rows(int[] table, int columns) => [.. table.Chunk(columns)];

    private static string Text((IReadOnlyList<ShownNumbers> Rows, ShownNumbers Sum) shown) => string.Join(", ", shown.Rows.Append(shown.Sum).Select(row =>
        $"{string.Join(' ', row.Parts.Select(part => $"{part?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}"))} = {row.Total?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}"));
}
