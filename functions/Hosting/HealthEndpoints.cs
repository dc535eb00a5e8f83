using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Http;
using VoucherFunctions.Keys;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Hosting;

/// <summary>How the service is.</summary>
public sealed record Health(string Status);

/// <summary>
/// Live: the process answers, the storage is not asked. Ready: the storage answers too, every key that data need is there, and mail is configured (else the app
/// would not have started).
/// </summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/health", () => TypedResults.Ok(new Health("live")))
            .Describe("GetHealth", Audience.Anyone, "The process answers.");
        routes.MapGet("/api/health/ready", ReadyAsync)
            .Describe("GetReadiness", Audience.Anyone, "The process and its storage answer, and every key that data need is there.", Problems.KeyMissing);
    }

    private static async Task<Results<Ok<Health>, Problem>> ReadyAsync(HttpContext http, StorageTables tables, StorageBlobs blobs, KeyRingMonitor keys)
    {
        var looking = keys.LookAsync(http.RequestAborted);
        await Task.WhenAll(tables.ProbeAsync(http.RequestAborted), blobs.ProbeAsync(http.RequestAborted), looking);
        return (await looking).Faults.Count == 0 ? TypedResults.Ok(new Health("ready")) : new Problem(Problems.KeyMissing with { RetryAfter = TimeSpan.FromMinutes(1) });
    }
}
