using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using VoucherFunctions.Domain;
using VoucherFunctions.Http;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>What an endpoint's metadata say beyond what the generator knows: who may call it, its refusals, its files and its headers.</summary>
internal static class ContractOperations
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Security = endpoint.OfType<AccessMetadata>().FirstOrDefault() is { } access
            ? [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(access.Requires.ToString(), context.Document)] = [] }]
            : [];
        operation.Responses ??= [];
        AddRequestHeaders(operation, endpoint);
        if (endpoint.OfType<UploadMetadata>().Any())
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = "The content, as it is.",
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["*/*"] = new() { Schema = FileOf("*/*") } },
            };
        }
        AddFiles(operation.Responses, endpoint);
        foreach (var header in endpoint.OfType<HeaderMetadata>())
        {
            ContractHeaders.Add(ResponseOf(operation, header.Status), header.Name, context.Document!);
        }
        var refusals = Description.RefusalsOf(new Endpoint(null, new EndpointMetadataCollection(endpoint), null));
        var alsoAsPage = endpoint.OfType<RefusalPageMetadata>().Any();
        foreach (var group in refusals.GroupBy(code => Problems.All[code].Status).OrderBy(group => group.Key))
        {
            operation.Responses[Text(group.Key)] = ContractProblems.Refusal([.. group], alsoAsPage, context.Document!);
        }
        return Task.CompletedTask;
    }

    private static void AddRequestHeaders(OpenApiOperation operation, IEnumerable<object> endpoint)
    {
        var headers = endpoint.OfType<RequestHeaderMetadata>().Select(header => header.Name);
        var account = endpoint.OfType<AccessMetadata>().Where(access => access.Requires == Requires.Session).Select(_ => Access.AccountHeader);
        foreach (var header in headers.Concat(account))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = header, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }

    private static void AddFiles(OpenApiResponses responses, IEnumerable<object> endpoint)
    {
        foreach (var type in endpoint.OfType<FileFormatsMetadata>().SelectMany(formats => formats.MediaTypes))
        {
            foreach (var response in responses.Where(pair => pair.Key is "200" or "201" or "206").Select(pair => pair.Value).Cast<OpenApiResponse>())
            {
                response.Content ??= new Dictionary<string, OpenApiMediaType>();
                response.Content.TryAdd(type, new OpenApiMediaType { Schema = FileOf(type) });
            }
        }
    }

    private static OpenApiSchema FileOf(string type) => type.Contains('*', StringComparison.Ordinal)
        ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }
        : new OpenApiSchema { Type = JsonSchemaType.String, ContentMediaType = type };

    private static OpenApiResponse ResponseOf(OpenApiOperation operation, int status) =>
        operation.Responses!.TryGetValue(Text(status), out var response) && response is OpenApiResponse known
            ? known
            : throw new InvalidOperationException($"{operation.OperationId} has a header for {status}, which it does not answer.");

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
