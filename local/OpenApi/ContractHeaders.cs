using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>The headers of answers. A key is the header's name, with a word after it where it means different things, or is not always there.</summary>
internal static class ContractHeaders
{
    public const string RetryAfter = "Retry-After";
    public const string RetryAfterPerhaps = "Retry-After.perhaps";
    public const string ContentDisposition = "Content-Disposition";

    private static readonly (string Key, string Description, JsonNode Example, bool IsAlways)[] All =
    [
        (RetryAfter, "Seconds until the next try makes sense.", 60, true),
        (RetryAfterPerhaps, "Seconds until the next try makes sense; not with every code.", 60, false),
        (ContentDisposition, "The file's name, when the answer is a file.", "attachment; filename=\"vouchers-5rz4n2n4v3tjxg7y0s2c1b9q6mkd8wfa.pdf\"", false),
        ("Location", "Where it is found from now on.", "/api/vouchers/batches/5rz4n2n4v3tjxg7y0s2c1b9q6mkd8wfa", true),
        ("Location.issuer", "Where the office is found from now on.", "/api/issuers/3wq9yq0m", true),
        ("Location.document", "Where the document is found from now on.", "/api/documents/Kursbest%C3%A4tigung.pdf", true),
        ("Content-Disposition.document", "The file's name (RFC 6266).", "attachment; filename=\"Kursbesttigung.pdf\"; filename*=UTF-8''Kursbest%C3%A4tigung.pdf", true),
        ("Location.elsewhere", "Where to go on.", "/api/training/fr/", true),
        ("ETag", "The version of the content.", "\"0x8DD0A5B4C3D2E1F\"", true),
        ("Accept-Ranges", "Parts can be asked for by `Range`.", "bytes", true),
        ("Content-Range", "Which part of how many bytes it is.", "bytes 0-4194303/7340032", true),
        ("Vary", "The headers that decide whether the refusal is a page, and in which language; not when the path leads out of the course.", "Accept, Accept-Language, Sec-Fetch-Dest", false),
        ("Content-Language", "The page's language, when the refusal is a page.", "fr", false),
        ("Link", "The next page, `rel=\"next\"`, when there is one (RFC 8288).", "</api/vouchers/batches/5rz4n2n4v3tjxg7y0s2c1b9q6mkd8wfa?after=0h7v3k2c9w1x8e4r6t5y2z0a3s1d7f9g>; rel=\"next\"", false),
        ("Set-Cookie", "The session's cookie.", "__Host-session=mY4fD1S9m3yq0Z8w2Tt6n5Kc7bVxLhGjRpQaUeXiOzE; path=/; secure; samesite=strict; httponly", true),
        ("Set-Cookie.both", "Two of them: the session's cookie, and one that tells a browser which has logged in before from all others (91 days).", "__Host-session=mY4fD1S9m3yq0Z8w2Tt6n5Kc7bVxLhGjRpQaUeXiOzE; path=/; secure; samesite=strict; httponly", true),
        ("Set-Cookie.device", "Tells this browser from others; opens nothing.", "__Host-device=Zk3TjqvG0mX8bN5dLw2RyHs7cPaUeFiVoQx1J9tM4gE; max-age=7862400; path=/; secure; samesite=strict; httponly", true),
        ("Set-Cookie.perhaps", "Removes the session's cookie, when it was this session that ended.", "__Host-session=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; secure; samesite=strict; httponly", false),
    ];

    public static Dictionary<string, IOpenApiHeader> NewHeaders() => All.ToDictionary(
        header => header.Key,
        IOpenApiHeader (header) => new OpenApiHeader
        {
            Description = header.Description,
            Required = header.IsAlways,
            Schema = new OpenApiSchema { Type = header.Example.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsonSchemaType.Integer : JsonSchemaType.String },
            Example = header.Example.DeepClone(),
        });

    public static void Add(OpenApiResponse response, string key, OpenApiDocument document)
    {
        if (All.All(header => header.Key != key))
        {
            throw new InvalidOperationException($"Say in {nameof(ContractHeaders)} what the header {key} is.");
        }
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[key.Split('.')[0]] = new OpenApiHeaderReference(key, document);
    }
}
