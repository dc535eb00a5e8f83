using System.Text.Json.Nodes;

namespace SiteTests.Pages;

/// <summary>Whatever the service can refuse a participant is said in words of its own, or is here as one that no page can bring about.</summary>
public sealed class ProblemTextTests
{
    /// <summary>A mistake of the site or an attack: explained by its kind. A weak password is told beside its field.</summary>
    private static readonly string[] WithoutWords =
        ["body-too-large", "internal-error", "invalid-json", "not-found", "origin-not-allowed", "password-too-weak", "unsupported-media-type"];

    public static TheoryData<string> Languages => [.. Texts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_refusal_of_the_participants_calls_has_its_words(string language)
    {
        var contract = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json")))!;
        var calls = contract["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(call => call.Value)).OfType<JsonObject>()
            .Where(call => call["tags"] is JsonArray tags && tags.Any(tag => tag!.GetValue<string>() == "Participants"));

        var codes = calls.SelectMany(call => call["responses"]!.AsObject()).SelectMany(response => CodesIn(Resolve(response.Value!, contract))).ToHashSet();

        Assert.Superset(new HashSet<string> { "key-missing", "document-damaged", "upload-too-slow", "credentials-wrong" }, codes);
        var known = Texts.In(language).All;
        Assert.DoesNotContain(codes.Except(WithoutWords), code => !known.ContainsKey($"problem.{code}.title") || !known.ContainsKey($"problem.{code}.text"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_file_that_is_no_document_is_told_what_it_is(string language)
    {
        var contract = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json")))!;
        var reasons = contract["components"]!["schemas"]!["Problem"]!["properties"]!["reason"]!["enum"]!.AsArray().Select(reason => reason!.GetValue<string>())
            .SkipWhile(reason => reason != "empty").ToList();

        Assert.Superset(new HashSet<string> { "protected", "web-page", "program", "unknown" }, reasons.ToHashSet());
        // What is not known has the words of the code itself.
        var known = Texts.In(language).All;
        Assert.DoesNotContain(reasons.Where(reason => reason != "unknown"),
            reason => !known.ContainsKey($"problem.document-type.{reason}.title") || !known.ContainsKey($"problem.document-type.{reason}.text"));
    }

    private static JsonNode Resolve(JsonNode response, JsonNode contract) => response["$ref"] is { } reference
        ? reference.GetValue<string>().Split('/').Skip(1).Aggregate(contract, (node, name) => node[name]!)
        : response;

    private static IEnumerable<string> CodesIn(JsonNode? node) => node switch
    {
        JsonObject named =>
        [
            .. named["code"]?["enum"] is JsonArray codes ? codes.Select(code => code!.GetValue<string>()) : [],
            .. named.SelectMany(member => CodesIn(member.Value)),
        ],
        JsonArray many => many.SelectMany(CodesIn),
        _ => [],
    };
}
