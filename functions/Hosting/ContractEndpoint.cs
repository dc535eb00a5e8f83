using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Http;

namespace VoucherFunctions.Hosting;

/// <summary>The OpenAPI document that is checked in as <c>docs/openapi.json</c>, built into the app.</summary>
public static class ContractEndpoint
{
    private const string Resource = "openapi.json";

    public static void MapContract(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/openapi.json", Read)
        .Describe("GetOpenApi", Audience.Anyone, "This document.");

    private static FileStreamHttpResult Read() => TypedResults.Stream(
        typeof(ContractEndpoint).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The document is not in the assembly."),
        "application/json");
}
