using System.Text.Json;
using VoucherFunctions.InMemoryStorage.Tables;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>The properties of a stored row, as text.</summary>
public static class Stored
{
    private static readonly Contents None = new([]);

    public static string? Get(this TableRow row, string name) => Of(row).GetValueOrDefault(name);

    public static DateTimeOffset? Time(this TableRow row, string name) =>
        row.Get(name) is { } text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public static Dictionary<string, string> Of(TableRow row) => ContentsOf(row).Properties;

    /// <summary>The row as one line, made once.</summary>
    public static CanonicalLine LineOf(TableRow row, Func<TableRow, CanonicalLine> make)
    {
        var contents = ContentsOf(row);
        return ReferenceEquals(contents, None) ? make(row) : contents.Line ??= make(row);
    }

    private static Contents ContentsOf(TableRow row)
    {
        if (row.Decoded is Contents known)
        {
            return known;
        }
        if (row.Properties.Length == 0)
        {
            return None;
        }
        using var json = JsonDocument.Parse($"{{{System.Text.Encoding.UTF8.GetString(row.Properties.Span)}}}");
        var properties = new Dictionary<string, string>();
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (!property.Name.EndsWith("@odata.type", StringComparison.Ordinal))
            {
                properties[property.Name] = property.Value.ToString();
            }
        }
        var contents = new Contents(properties);
        row.Decoded = contents;
        return contents;
    }

    private sealed class Contents(Dictionary<string, string> properties)
    {
        public Dictionary<string, string> Properties => properties;

        public CanonicalLine? Line { get; set; }
    }
}
