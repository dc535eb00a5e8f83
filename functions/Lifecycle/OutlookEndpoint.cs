using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Http;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>How much will have become due by an instant, and since when the oldest item is overdue now. Numbers only.</summary>
public sealed record Outlook(
    DateTimeOffset At, int Lapse, int Remind, int Lock, int Delete, int Mail, string? OldestOverdueKind, DateTimeOffset? OldestOverdueSince);

public static class OutlookEndpoint
{
    /// <summary>Nothing is due further away.</summary>
    private const int FurthestYears = 10;

    public static void MapOutlook(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/lifecycle/outlook", GetAsync)
            .Describe(
                "GetLifecycleOutlook",
                Audience.Administrators,
                "How much will have become due by an instant, and what is overdue. Numbers only.",
                Problems.InvalidRequest).Require(Requires.AdminKey);

    private static async Task<Results<Ok<Outlook>, Problem>> GetAsync(string? at, HttpContext http, DueTable queue, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var until = now;
        if (at is not null && !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out until))
        {
            return new Problem(Refusal.Invalid("at", "invalid"));
        }
        if (until < now.AddYears(-FurthestYears) || until > now.AddYears(FurthestYears))
        {
            return new Problem(Refusal.Invalid("at", "out-of-range"));
        }
        var counts = new Dictionary<DueKind, int>();
        (DueKind Kind, DateTimeOffset At)? oldest = null;
        foreach (var kind in Enum.GetValues<DueKind>())
        {
            foreach (var shard in DueItem.Shards)
            {
                await foreach (var item in queue.DueAsync(kind, shard, until, http.RequestAborted))
                {
                    counts[kind] = counts.GetValueOrDefault(kind) + 1;
                    if (item.At < now && (oldest is null || item.At < oldest.Value.At))
                    {
                        oldest = (kind, item.At);
                    }
                }
            }
        }
        return TypedResults.Ok(new Outlook(
            until,
            counts.GetValueOrDefault(DueKind.Lapse),
            counts.GetValueOrDefault(DueKind.Remind),
            counts.GetValueOrDefault(DueKind.Lock),
            counts.GetValueOrDefault(DueKind.Delete),
            counts.GetValueOrDefault(DueKind.Mail),
            oldest is { } overdue ? DueItem.KindName(overdue.Kind) : null,
            oldest?.At));
    }
}
