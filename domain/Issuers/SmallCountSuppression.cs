namespace VoucherFunctions.Domain.Issuers;

/// <summary>A row of numbers and its total as they may be shown; null is what may not.</summary>
public sealed record ShownNumbers(IReadOnlyList<int?> Parts, int? Total);

/// <summary>
/// Hides the numbers below 5 of a table, and as many totals as it takes that none of them can be told from what is left: who knows all that is shown, and
/// these rules, still finds each hidden number possible from 0 to 4.
/// </summary>
/// <remarks>
/// A total gives away the sum of what is hidden in its row or column. It is shown only where that sum leaves each of them the whole range, and no hidden number is in
/// two such sums: where its row's total is shown, its column's is not.
/// </remarks>
public static class SmallCountSuppression
{
    private const int Smallest = 5;

    public static (IReadOnlyList<ShownNumbers> Rows, ShownNumbers Sum) Of(IReadOnlyList<IReadOnlyList<int>> rows, int columns)
    {
        var shown = rows.Select(Row).ToList();
        var sums = Enumerable.Range(0, columns).Select(column => SumOf(rows, shown, column)).ToList();
        // The sum of what is shown anyway tells nothing more.
        var isTotalKnown = shown.All(row => row.Total is not null) || sums.All(sum => sum is not null);
        return (shown, new ShownNumbers(sums, isTotalKnown ? Large(rows.Sum(row => row.Sum())) : null));
    }

    private static ShownNumbers Row(IReadOnlyList<int> parts)
    {
        var shown = parts.Select(Large).ToList();
        return new ShownNumbers(shown, LeavesOpen([.. parts.Where(IsSmall)]) ? Large(parts.Sum()) : null);
    }

    private static int? SumOf(IReadOnlyList<IReadOnlyList<int>> rows, List<ShownNumbers> shown, int column)
    {
        var hiding = Enumerable.Range(0, rows.Count).Where(row => IsSmall(rows[row][column])).ToList();
        return hiding.TrueForAll(row => shown[row].Total is null) && LeavesOpen([.. hiding.Select(row => rows[row][column])])
            ? Large(rows.Sum(row => row[column]))
            : null;
    }

    /// <summary>With its sum known, each of these can still be the smallest and the largest of the small numbers; true of none at all.</summary>
    private static bool LeavesOpen(IReadOnlyList<int> hidden) =>
        hidden.Count == 0 || (hidden.Sum() >= Smallest - 1 && hidden.Sum() <= (Smallest - 1) * (hidden.Count - 1));

    private static int? Large(int number) => IsSmall(number) ? null : number;

    private static bool IsSmall(int number) => number < Smallest;
}
