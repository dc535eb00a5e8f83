using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Hosting;

public sealed record Health(string Status);

/// <summary>Live: the process answers, the storage is not asked. Ready: the storage answers too, and mail is configured (else the app would not have started).</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/health", () => TypedResults.Ok(new Health("live")))
            .Describe("GetHealth", Audience.Anyone, "The process answers.");
        routes.MapGet("/api/health/ready", ReadyAsync)
            .Describe("GetReadiness", Audience.Anyone, "The process and its storage answer.");
    }

    private static async Task<Ok<Health>> ReadyAsync(HttpContext http, StorageTables tables, StorageBlobs blobs)
    {
        await Task.WhenAll(tables.ProbeAsync(http.RequestAborted), blobs.ProbeAsync(http.RequestAborted));
        return TypedResults.Ok(new Health("ready"));
    }
}
