using System.Text.Json.Nodes;

namespace VoucherFunctions.Infra.Tests;

/// <summary>A predicted deployment: every resource as Azure would be asked for it, with loops and conditions worked out.</summary>
public sealed class Deployment
{
    /// <summary>The example parameter files, <c>infra/main.*.bicepparam</c>.</summary>
    public static readonly TheoryData<string> Examples = ["small", "production", "native"];

    private readonly JsonNode _snapshot;

    private Deployment(JsonNode snapshot)
    {
        _snapshot = snapshot;
        Resources = [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!)];
    }

    public IReadOnlyList<JsonNode> Resources { get; }

    public string Text => _snapshot.ToJsonString();

    /// <summary>Reads the checked-in prediction; <see cref="SnapshotTests"/> sees to it that it is what the template says today.</summary>
    public static Deployment Predicted(string example) => Predicted(Tool.Infra, example);

    public static Deployment Predicted(string folder, string example) => new(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, $"main.{example}.snapshot.json")))!);

    public IEnumerable<JsonNode> Of(params string[] types) => Resources.Where(resource => types.Contains(Type(resource)));

    public JsonNode Only(string type) => Assert.Single(Of(type));

    /// <summary>The app settings: name to value, an expression where the value is known in Azure only.</summary>
    public IReadOnlyDictionary<string, string> Settings() => Of("Microsoft.Web/sites/config")
        .Single(resource => Name(resource).EndsWith("/appsettings", StringComparison.Ordinal))["properties"]!.AsObject()
        .ToDictionary(setting => setting.Key, setting => setting.Value!.GetValue<string>());

    public static string Type(JsonNode resource) => resource["type"]!.GetValue<string>();

    public static string Name(JsonNode resource) => resource["name"]!.GetValue<string>();

    public static string Id(JsonNode resource) => resource["id"]!.GetValue<string>();

    /// <summary>Asserts a property of a resource, by its path below <c>properties</c>.</summary>
    public static void AssertIs(JsonNode resource, string path, string expected)
    {
        var found = path.Split('.').Aggregate(resource["properties"], (node, name) => node?[name]);
        Assert.True(found?.ToJsonString() == expected, $"{Type(resource)} {Name(resource)}: {path} is {found?.ToJsonString() ?? "not set"}, not {expected}.");
    }
}
