using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Documents;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>The problem document, and of each code an example with the members that it always has.</summary>
internal static class ContractProblems
{
    public const string Schema = "Problem";
    public const string MediaType = "application/problem+json";
    public const string Page = "text/html";
    private const string RetryAfter = "retryAfter";
    private const string TraceId = "traceId";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static readonly Dictionary<string, JsonObject> Always = new()
    {
        [Problems.InvalidRequest.Code] = new JsonObject { ["errors"] = new JsonObject { ["count"] = new JsonArray("out-of-range") } },
        [Problems.PasswordTooWeak.Code] = new JsonObject { ["reason"] = "too-short" },
        [Problems.DocumentTypeNotAllowed.Code] = new JsonObject { ["reason"] = UnkeptContent.Program },
        [Problems.AccountExpired.Code] = new JsonObject { ["expiredAt"] = "2027-02-20T23:00:00Z", ["deletedAtLatest"] = "2028-02-20T23:00:00Z" },
        [Problems.VoucherPending.Code] = new JsonObject { ["pendingUntil"] = "2026-11-23T10:05:00Z" },
        [Problems.VoucherExpired.Code] = new JsonObject { ["expiredAt"] = "2027-11-22T10:00:00Z" },
        [Problems.TooSoon.Code] = new JsonObject { [RetryAfter] = 42 },
        [Problems.TooManyAttempts.Code] = new JsonObject { [RetryAfter] = 60 },
        [Problems.QuotaExceeded.Code] = new JsonObject { [RetryAfter] = 50400, ["resetsAt"] = "2026-11-23T00:00:00Z" },
        [Problems.ServiceBusy.Code] = new JsonObject { [RetryAfter] = 1, [TraceId] = Trace },
        [Problems.StorageUnavailable.Code] = new JsonObject { [RetryAfter] = 5, [TraceId] = Trace },
        [Problems.InternalError.Code] = new JsonObject { [TraceId] = Trace },
        [Problems.DocumentDamaged.Code] = new JsonObject { [TraceId] = Trace },
        [Problems.KeyMissing.Code] = new JsonObject { [RetryAfter] = 60, [TraceId] = Trace },
    };

    /// <summary>An answer with one of these codes, all of the same status.</summary>
    /// <param name="alsoAsPage">A browser that shows the answer to a person gets a page instead.</param>
    public static OpenApiResponse Refusal(IReadOnlyList<string> codes, bool alsoAsPage, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join(" ", codes.Select(code => $"`{code}`: {Problems.All[code].Title}")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { AllOf = [new OpenApiSchemaReference(Schema, document), Narrowed(codes)] },
                    Examples = codes.ToDictionary(code => code, IOpenApiExample (code) => new OpenApiExampleReference(code, document)),
                },
            },
        };
        if (codes.Any(code => MembersOf(code).Contains(RetryAfter)))
        {
            var isAlways = codes.All(code => MembersOf(code).Contains(RetryAfter));
            ContractHeaders.Add(response, isAlways ? ContractHeaders.RetryAfter : ContractHeaders.RetryAfterPerhaps, document);
        }
        if (alsoAsPage)
        {
            response.Content[Page] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, ContentMediaType = Page },
                Example = "<!doctype html> …",
            };
            ContractHeaders.Add(response, "Vary", document);
            ContractHeaders.Add(response, "Content-Language", document);
        }
        return response;
    }

    public static Dictionary<string, IOpenApiExample> NewExamples() => Problems.All
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(
        pair => pair.Key,
        IOpenApiExample (pair) => new OpenApiExample
        {
            Summary = pair.Value.Title,
            Value = new JsonObject([
                KeyValuePair.Create<string, JsonNode?>("status", pair.Value.Status),
                KeyValuePair.Create<string, JsonNode?>("title", pair.Value.Title),
                KeyValuePair.Create<string, JsonNode?>("code", pair.Key),
                .. Always.GetValueOrDefault(pair.Key, []).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())),
            ]),
        });

    public static OpenApiSchema NewSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem document (RFC 9457). Clients rely on `code`; which other members there are depends on it.",
        Required = new HashSet<string> { "status", "title", "code" },
        AdditionalPropertiesAllowed = false,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status once more.", Minimum = "400", Maximum = "599", Examples = [409] },
            ["title"] = Text("What the code means, in English, for developers.", "The voucher has been used."),
            ["code"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "What was refused and why, once for all: it does not change.",
                Enum = [.. Problems.All.Keys.Order(StringComparer.Ordinal).Select(code => (JsonNode)code)],
                Examples = ["voucher-used"],
            },
            ["reason"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "Why a password is too weak, or what a file is that is no document.",
                Enum = ["too-short", "too-long", "personal", "service-name", "common", "guessable", .. UnkeptContent.All.Select(reason => (JsonNode)reason)],
                Examples = ["too-short"],
            },
            [RetryAfter] = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Description = "Seconds, as in the header Retry-After.", Examples = [60] },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Which field is wrong, and why: the first that was found.",
                MinProperties = 1,
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    MinItems = 1,
                    Items = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Enum = ["required", "invalid", "malformed", "out-of-range", "too-long", "personal", "unknown", "empty", "path", "control-character", "direction", "unknown-character"],
                        Examples = ["out-of-range"],
                    },
                },
            },
            ["pendingUntil"] = Instant("Until when a registration holds the voucher."),
            ["expiredAt"] = Instant("When it ended."),
            ["usedAt"] = Instant("When it was used."),
            ["resetsAt"] = Instant("When the daily quota begins anew: midnight UTC."),
            ["deletedAtLatest"] = Instant("When everything about the account will have been deleted."),
            [TraceId] = Text("Finds the request in the service's log; tell us.", Trace),
        },
    };

    private static OpenApiSchema Narrowed(IReadOnlyList<string> codes) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(code => (JsonNode)code)], Examples = [codes[0]] },
        },
        Required = codes.Select(MembersOf).Aggregate((all, each) => all.Intersect(each)).ToHashSet() is { Count: > 0 } always ? always : null,
    };

    private static IEnumerable<string> MembersOf(string code) => Always.GetValueOrDefault(code, []).Select(member => member.Key);

    private static OpenApiSchema Text(string description, string example) => new() { Type = JsonSchemaType.String, Description = description, Examples = [example] };

    private static OpenApiSchema Instant(string description) => new()
    {
        Type = JsonSchemaType.String,
        Format = "date-time",
        Pattern = "Z$",
        Examples = ["2026-11-22T10:00:00Z"],
        Description = description,
    };
}
