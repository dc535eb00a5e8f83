namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>A table that reads well as text too: the first column to the left, the others to the right.</summary>
internal sealed class MarkdownTable(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
{
    public override string ToString()
    {
        var widths = header.Select((_, column) => rows.Append(header).Max(row => row[column].Length)).ToList();
        var rule = widths.Select((width, column) => new string('-', Math.Max(width, 3) - 1) + (column == 0 ? "-" : ":"));
        return Line(header, widths) + $"| {string.Join(" | ", rule)} |\n" + string.Concat(rows.Select(row => Line(row, widths)));
    }

    private static string Line(IReadOnlyList<string> row, List<int> widths)
    {
        var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(Math.Max(widths[0], 3)) : cell.PadLeft(Math.Max(widths[column], 3)));
        return $"| {string.Join(" | ", cells)} |\n";
    }
}
