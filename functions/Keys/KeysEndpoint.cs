using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Http;

namespace VoucherFunctions.Keys;

/// <summary>A key that is in the ring or that data were made under.</summary>
/// <param name="InRing">In the ring of the instance that answers.</param>
/// <param name="FirstUsedAt">Missing when no data were made under it yet.</param>
/// <param name="UnusedSince">Encryption: since when no account is under it.</param>
/// <param name="NeededUntil">Hashing: until when a voucher or an account of its time can live.</param>
/// <param name="MayLeave">Whether it may be taken out of the ring now.</param>
public sealed record KeyVersionView(
    int Version, bool InRing, DateTimeOffset? FirstUsedAt, DateTimeOffset? UnusedSince, DateTimeOffset? NeededUntil, bool MayLeave);

/// <summary>A key ring: the current key and those that data still need.</summary>
public sealed record KeyRingView(int Current, DateTimeOffset? Since, IReadOnlyList<KeyVersionView> Versions);

/// <summary>How far the accounts are wrapped by the current encryption key; missing when there is nothing to do.</summary>
/// <param name="Begins">Not before: hosts with the earlier ring may still write.</param>
/// <param name="Checked">Due rows looked at; an account has one or two.</param>
/// <param name="Failed">Accounts whose key does not open: a key is missing.</param>
/// <param name="Completed">Shards of the queue that are done, of 16.</param>
public sealed record RewrapView(DateTimeOffset Begins, int Checked, int Rewrapped, int Failed, int Completed);

/// <summary>Both key rings, and how far accounts are wrapped anew. Never a key.</summary>
public sealed record KeysView(KeyRingView Hashing, KeyRingView Encryption, RewrapView? Rewrap);

public static class KeysEndpoint
{
    public static void MapKeys(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/lifecycle/keys", GetAsync)
            .Describe(
                "GetLifecycleKeys",
                Audience.Administrators,
                "Which keys are in use, which may leave the ring, and how far accounts are wrapped by the current one. Never a key.").Require(Requires.AdminKey);

    private static async Task<Ok<KeysView>> GetAsync(HttpContext http, KeyRingMonitor monitor, KeyRings rings, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var records = (await monitor.LookAsync(http.RequestAborted)).Records;
        return TypedResults.Ok(new KeysView(
            ViewOf(RingName.Hashing, rings, records, now), ViewOf(RingName.Encryption, rings, records, now), RewrapOf(records)));
    }

    private static KeyRingView ViewOf(RingName name, KeyRings rings, KeyRecords records, DateTimeOffset now)
    {
        var ring = rings.Of(name);
        var versions = ring.Keys.Select(key => key.Version)
            .Union(records.Known.Where(key => key.Ring == name && KeyRules.IsNeeded(key, records, now)).Select(key => key.Version));
        var current = records.CurrentOf(name);
        return new KeyRingView(
            ring.Current.Version,
            current?.Version == ring.Current.Version ? current.Since : null,
            [.. versions.OrderDescending().Select(version => ViewOf(version, ring.Find(version) is not null, records.Find(name, version)))]);

        KeyVersionView ViewOf(byte version, bool isInRing, KnownKey? known) => new(
            version,
            isInRing,
            known?.FirstUsedAt,
            known?.UnusedSince,
            known is { Ring: RingName.Hashing } ? KeyRules.NeededUntil(known, records) : null,
            known is not null && version != ring.Current.Version && !KeyRules.IsNeeded(known, records, now));
    }

    private static RewrapView? RewrapOf(KeyRecords records)
    {
        if (KeyRules.Unfinished(records) is not { } promotion)
        {
            return null;
        }
        var shards = records.Rewrap.Where(shard => shard.IsFor(promotion)).ToList();
        return new RewrapView(
            promotion.Since + KeyRules.Grace,
            shards.Sum(shard => shard.Checked),
            shards.Sum(shard => shard.Rewrapped),
            shards.Sum(shard => shard.Failed),
            shards.Count(shard => shard is { CompletedAt: not null, Failed: 0 }));
    }
}
