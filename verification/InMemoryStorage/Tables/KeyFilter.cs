using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>A <c>$filter</c> over keys alone: comparisons of PartitionKey and RowKey joined by <c>and</c>. Others are refused rather than misunderstood.</summary>
public sealed partial class KeyFilter
{
    private readonly string _text;
    private string _firstPartition = "";
    private string? _endPartition;

    private KeyFilter(string text) => _text = text;

    /// <summary>The one partition it is about, if it is about one.</summary>
    public string? Partition { get; private set; }

    /// <summary>Inclusive.</summary>
    public string FirstRow { get; private set; } = "";

    /// <summary>Exclusive; null: to the end.</summary>
    public string? EndRow { get; private set; }

    /// <summary>Where to begin to look.</summary>
    public TableRow Start => KeyOrder.Key(Partition ?? _firstPartition, Partition is null ? "" : FirstRow);

    public static bool TryParse(string text, [NotNullWhen(true)] out KeyFilter? filter)
    {
        filter = new KeyFilter(text);
        foreach (var part in text.Split(" and ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Comparison().Match(part);
            if (!match.Success)
            {
                filter = null;
                return false;
            }
            filter.Restrict(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Replace("''", "'", StringComparison.Ordinal));
        }
        return true;
    }

    public bool IsPast(TableRow row) => Partition is null
        ? _endPartition is not null && string.CompareOrdinal(row.Partition, _endPartition) >= 0
        : row.Partition != Partition || (EndRow is not null && string.CompareOrdinal(row.Row, EndRow) >= 0);

    public bool Matches(TableRow row) =>
        string.CompareOrdinal(row.Row, FirstRow) >= 0 && (EndRow is null || string.CompareOrdinal(row.Row, EndRow) < 0);

    public override string ToString() => _text;

    private void Restrict(string key, string comparison, string value)
    {
        // The smallest key that is greater than another is that one with a zero character after it.
        var (first, end) = comparison switch
        {
            "eq" => (value, value + "\0"),
            "ge" => (value, null),
            "gt" => (value + "\0", null),
            "lt" => ("", value),
            _ => ("", value + "\0"),
        };
        if (key == "RowKey")
        {
            FirstRow = Later(FirstRow, first);
            EndRow = Earlier(EndRow, end);
            return;
        }
        Partition = comparison == "eq" ? value : Partition;
        _firstPartition = Later(_firstPartition, first);
        _endPartition = Earlier(_endPartition, end);
    }

    private static string Later(string a, string b) => string.CompareOrdinal(a, b) < 0 ? b : a;

    private static string? Earlier(string? a, string? b) => a is null || (b is not null && string.CompareOrdinal(b, a) < 0) ? b : a;

    [GeneratedRegex("^(PartitionKey|RowKey) (eq|ge|gt|le|lt) '((?:[^']|'')*)'$")]
    private static partial Regex Comparison();
}
