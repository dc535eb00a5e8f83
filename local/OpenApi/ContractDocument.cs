using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using VoucherFunctions.Http;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of the contract, generated from the app's own routes, types and problem codes. It is checked in as
/// <c>docs/openapi.json</c>, which the app serves; a test fails when the two differ.
/// </summary>
public static class ContractDocument
{
    private const string Name = "v1";

    /// <summary>Who needs the document most comes first.</summary>
    private static readonly Audience[] Readers = [Audience.Issuers, Audience.Administrators, Audience.Participants, Audience.Anyone];

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddContractDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(DescribeInstantAsync);
        options.AddOperationTransformer(ContractOperations.DescribeAsync);
        options.AddDocumentTransformer(DescribeDocumentAsync);
    });

    public static async Task<string> WriteAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync(cancellation);
        var json = JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation))!.AsObject();
        ContractFields.Complete(json);
        SharedResponses.Share(json);
        return json.ToJsonString(Written) + "\n";
    }

    private static Task DescribeDocumentAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo { Title = "Voucher platform", Version = "1", Description = ContractTexts.Introduction };
        document.Servers = [new OpenApiServer { Url = "/", Description = "Where this document comes from." }];
        document.Tags = new HashSet<OpenApiTag>(Readers.Select(audience =>
            new OpenApiTag { Name = audience.ToString(), Description = ContractTexts.Of(audience) }));
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [nameof(Requires.IssuerKey)] = Bearer("An office's key, `vf_…`, or a test key, `vftest_…`. Administrators create it; an office has two of each kind at most."),
            [nameof(Requires.AdminKey)] = Bearer("An administrator's key. It issues no voucher and sees nobody's data."),
            [nameof(Requires.Session)] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "__Host-session",
                Description = "The session cookie: HttpOnly, Secure, SameSite=Strict. Ends after 60 minutes without a request. On http://localhost it is called `session`.",
            },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ContractProblems.Schema] = ContractProblems.NewSchema();
        document.Components.Examples = ContractProblems.NewExamples();
        document.Components.Headers = ContractHeaders.NewHeaders();
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Bearer(string description) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        Description = $"{description} It may come as `X-Api-Key` instead, alone and without `Bearer`; if that header is there, `Authorization` does not count.",
    };

    /// <summary>Instants are written by a converter of our own, of which the generator knows no type.</summary>
    private static Task DescribeInstantAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }
        return Task.CompletedTask;
    }
}
