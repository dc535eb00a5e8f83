using System.Text.Json;
using VoucherFunctions.InMemoryStorage.Tables;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>The properties of a stored row, as text.</summary>
public static class Stored
{
    private static readonly Dictionary<string, string> None = [];

    public static string? Get(this TableRow row, string name) => Of(row).GetValueOrDefault(name);

    public static DateTimeOffset? Time(this TableRow row, string name) =>
        row.Get(name) is { } text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public static Dictionary<string, string> Of(TableRow row)
    {
        if (row.Decoded is Dictionary<string, string> known)
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
        row.Decoded = properties;
        return properties;
    }
}
