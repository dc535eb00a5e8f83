using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>
/// An entity as it comes in a request body, checked against the service's limits
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
/// </summary>
public sealed record EntityBody(string? Partition, string? Row, byte[] Properties, TableError? Error)
{
    private const int MostProperties = 252;
    private const int LongestKey = 512;
    private const int LongestValue = 64 * 1024;
    private const int Largest = 1024 * 1024;
    private const string Annotation = "@odata.type";
    private static readonly DateTime FirstDate = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static EntityBody Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return ParseJson(json);
        }
        catch (JsonException)
        {
            return new EntityBody(null, null, [], TableError.Malformed);
        }
    }

    private static EntityBody ParseJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        string? partition = null, row = null;
        TableError? error = json.Length > Largest ? TableError.TooLarge : null;
        var count = 0;
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameEquals("PartitionKey"))
            {
                partition = property.Value.GetString();
            }
            else if (property.NameEquals("RowKey"))
            {
                row = property.Value.GetString();
            }
            else if (!property.Name.EndsWith(Annotation, StringComparison.Ordinal) && property.Name is not ("Timestamp" or "odata.etag")
                && property.Value.ValueKind != JsonValueKind.Null)
            {
                count++;
                var type = document.RootElement.TryGetProperty(property.Name + Annotation, out var annotated) ? annotated.GetString() : null;
                error ??= CheckValue(property.Value, type);
                // A number in JSON says itself what it is.
                if (type is not null and not "Edm.String" && property.Value.ValueKind == JsonValueKind.String)
                {
                    writer.WriteString(property.Name + Annotation, type);
                }
                property.WriteTo(writer);
            }
        }
        writer.WriteEndObject();
        writer.Flush();
        error ??= partition is null || row is null ? TableError.NoKeys : CheckKey(partition) ?? CheckKey(row);
        error ??= count > MostProperties ? TableError.TooManyProperties : null;
        return new EntityBody(partition, row, buffer.WrittenSpan[1..^1].ToArray(), error);
    }

    /// <summary>Null when it may be a key.</summary>
    public static TableError? CheckKey(string key) =>
        key.Length > LongestKey ? TableError.KeyTooLarge
        : key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)) ? TableError.OutOfRange
        : null;

    private static TableError? CheckValue(JsonElement value, string? type)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            var bytes = type == "Edm.Binary" ? text.Length / 4 * 3 : text.Length * 2;
            if (bytes > LongestValue)
            {
                return TableError.ValueTooLarge;
            }
            if (type == "Edm.DateTime")
            {
                return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date)
                    ? date < FirstDate ? TableError.OutOfRange : null
                    : TableError.Malformed;
            }
        }
        return value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? TableError.Malformed : null;
    }
}
