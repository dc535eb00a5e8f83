using System.Text.Json.Nodes;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Export;

/// <summary>Part of an export: every item with what is stored, or why it would tell nothing, and until when it is there at the latest.</summary>
internal sealed class ExportSheet(DateTimeOffset erasedAtLatest)
{
    public JsonObject Json { get; } = [];

    public ExportSheet Item(string name, JsonNode? value, DateTimeOffset? erased = null)
    {
        Json.Add(name, new JsonObject { ["value"] = value, ["erasedAtLatest"] = Instant(erased ?? erasedAtLatest) });
        return this;
    }

    public ExportSheet Item(string name, DateTimeOffset? value, DateTimeOffset? erased = null) => Item(name, value is { } instant ? Instant(instant) : null, erased);

    public ExportSheet Item(string name, IEnumerable<DateTimeOffset> values) => Item(name, new JsonArray([.. values.Select(value => (JsonNode)Instant(value))]));

    /// <summary>Stored, but a secret of the service or a random number: what it is for instead of what it is.</summary>
    public ExportSheet Note(string name, string note, DateTimeOffset? erased = null)
    {
        Json.Add(name, new JsonObject { ["note"] = note, ["erasedAtLatest"] = Instant(erased ?? erasedAtLatest) });
        return this;
    }

    public static JsonValue Instant(DateTimeOffset instant) => JsonValue.Create(instant.ToIso());
}
