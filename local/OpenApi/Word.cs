using System.Text.Json.Nodes;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>What a field or a parameter of this name is. The description is used where the code's own documentation has none.</summary>
internal sealed record Word(string? Description, JsonNode? Example = null)
{
    public string? Format { get; init; }

    public string? Pattern { get; init; }

    public IReadOnlyList<string> OneOf { get; init; } = [];

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public void Constrain(JsonObject schema)
    {
        Set("format", Format);
        Set("pattern", Pattern);
        Set("minimum", Minimum);
        Set("maximum", Maximum);
        Set("minLength", MinLength);
        Set("maxLength", MaxLength);
        Set("enum", OneOf.Count > 0 ? new JsonArray([.. OneOf.Select(each => (JsonNode)each)]) : null);

        void Set(string keyword, JsonNode? value)
        {
            if (value is not null)
            {
                schema[keyword] = value;
            }
        }
    }
}
