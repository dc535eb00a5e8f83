using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using VoucherFunctions.Hosting;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of the contract, generated from the app's own routes, types and problem codes. It is checked in as
/// <c>docs/openapi.json</c>, which the app serves; a test fails when the two differ.
/// </summary>
public static class ContractDocument
{
    private const string Name = "v1";
    private const string ProblemSchema = "Problem";
    private const string ProblemMediaType = "application/problem+json";

    public static IServiceCollection AddContractDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddOperationTransformer(DescribeOperationAsync);
        options.AddDocumentTransformer(DescribeDocumentAsync);
    });

    public static async Task<string> WriteAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync(cancellation);
        return (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation)).ReplaceLineEndings("\n") + "\n";
    }

    private static Task DescribeDocumentAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Voucher platform",
            Version = "1",
            Description = "Vouchers for online trainings: issued by offices, redeemed by participants. Errors are problem documents (RFC 9457) with a stable `code`.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>(Enum.GetNames<Audience>().Select(name => new OpenApiTag { Name = name }));
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [nameof(Requires.IssuerKey)] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An office's key." },
            [nameof(Requires.AdminKey)] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An administrator's key." },
            [nameof(Requires.Session)] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "__Host-session",
                Description = "The session cookie.",
            },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = Problem();
        return Task.CompletedTask;
    }

    private static Task DescribeOperationAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var access = endpoint.OfType<AccessMetadata>().FirstOrDefault();
        if (access is not null)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(access.Requires.ToString(), context.Document)] = [] }];
        }
        else
        {
            operation.Security = [];
        }
        operation.Responses ??= new OpenApiResponses();
        foreach (var file in endpoint.OfType<FileFormatsMetadata>().SelectMany(formats => formats.MediaTypes))
        {
            foreach (var response in operation.Responses.Values)
            {
                response.Content?.TryAdd(file, new OpenApiMediaType());
            }
        }
        var refusals = Description.RefusalsOf(new Endpoint(null, new EndpointMetadataCollection(endpoint), null));
        foreach (var group in refusals.GroupBy(code => ProblemCatalogue.All[code].Status).OrderBy(group => group.Key))
        {
            operation.Responses[group.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Refusal([.. group], context.Document!);
        }
        return Task.CompletedTask;
    }

    private static OpenApiResponse Refusal(IReadOnlyList<string> codes, OpenApiDocument document) => new()
    {
        Description = string.Join(" ", codes.Select(code => $"`{code}`: {ProblemCatalogue.All[code].Title}")),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemMediaType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference(ProblemSchema, document),
                Examples = codes.ToDictionary(code => code, IOpenApiExample (code) => new OpenApiExample
                {
                    Value = new JsonObject
                    {
                        ["status"] = ProblemCatalogue.All[code].Status,
                        ["title"] = ProblemCatalogue.All[code].Title,
                        ["code"] = code,
                    },
                }),
            },
        },
    };

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem document. Clients rely on `code`; other members depend on it.",
        Required = new HashSet<string> { "status", "title", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["code"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. ProblemCatalogue.All.Keys.Order(StringComparer.Ordinal).Select(code => (JsonNode)code)],
            },
            ["reason"] = Text("Why a password is too weak."),
            ["retryAfter"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Seconds, as in Retry-After." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Which field is wrong, and why.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["pendingUntil"] = Instant("Until when a voucher is held by a registration."),
            ["expiredAt"] = Instant("When it ended."),
            ["usedAt"] = Instant("When it was used."),
            ["resetsAt"] = Instant("When the daily quota begins anew."),
            ["deletedAtLatest"] = Instant("When everything will have been deleted."),
            ["traceId"] = Text("To find the request in the log."),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Instant(string description) => new() { Type = JsonSchemaType.String, Format = "date-time", Description = description };
}
