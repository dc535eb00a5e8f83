using System.Globalization;
using Azure.Data.Tables;
using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Storage;

/// <summary>
/// Table <c>keys</c>, one partition: which keys data were made under (by fingerprint, never the key), which are current, and how far the accounts
/// are wrapped anew. One small read gives all of it.
/// </summary>
public sealed class KeyStore(StorageTables tables)
{
    private const string Partition = "rings";
    private const string KeyPrefix = "key-";
    private const string CurrentPrefix = "current-";
    private const string RewrapPrefix = "rewrap-";

    public async Task<KeyRecords> ReadAsync(CancellationToken cancellation)
    {
        var known = new List<KnownKey>();
        var current = new List<CurrentKey>();
        var rewrap = new List<RewrapProgress>();
        await foreach (var entity in tables.Keys.RangeAsync(Partition, "!", "~", null, cancellation))
        {
            switch (entity.RowKey)
            {
                case { } row when row.StartsWith(KeyPrefix, StringComparison.Ordinal):
                    known.Add(ToKnown(entity));
                    break;
                case { } row when row.StartsWith(CurrentPrefix, StringComparison.Ordinal):
                    current.Add(new CurrentKey(RingOf(entity), VersionOf(entity, "Version"), Instant(entity, "Since")) { RowVersion = entity.ETag.ToString() });
                    break;
                case { } row when row.StartsWith(RewrapPrefix, StringComparison.Ordinal):
                    rewrap.Add(ToProgress(entity));
                    break;
            }
        }
        return new KeyRecords(known, current, rewrap);
    }

    /// <summary>In place of what was read, or as the first. False when another instance was faster; both say what they saw.</summary>
    public async Task<bool> TrySaveAsync(KnownKey key, CancellationToken cancellation)
    {
        var entity = new TableEntity(Partition, string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{key.Ring}-{key.Version:D3}"))
        {
            ["Ring"] = key.Ring.ToString(),
            ["Version"] = (int)key.Version,
            ["Fingerprint"] = key.Fingerprint,
            ["FirstUsedAt"] = key.FirstUsedAt,
        };
        if (key.UnusedSince is { } unusedSince)
        {
            entity["UnusedSince"] = unusedSince;
        }
        return await tables.Keys.TrySaveAsync(entity, StoredVersion.OfAny(key.RowVersion), cancellation) is not null;
    }

    public async Task<bool> TrySaveAsync(CurrentKey key, CancellationToken cancellation)
    {
        var entity = new TableEntity(Partition, $"{CurrentPrefix}{key.Ring}") { ["Ring"] = key.Ring.ToString(), ["Version"] = (int)key.Version, ["Since"] = key.Since };
        return await tables.Keys.TrySaveAsync(entity, StoredVersion.OfAny(key.RowVersion), cancellation) is not null;
    }

    /// <summary>The progress as saved; null when another run has saved its own, and goes on with this shard.</summary>
    public async Task<RewrapProgress?> TrySaveAsync(RewrapProgress progress, CancellationToken cancellation)
    {
        var entity = new TableEntity(Partition, RewrapPrefix + progress.Shard)
        {
            ["Target"] = (int)progress.Target,
            ["Since"] = progress.Since,
            ["StartedAt"] = progress.StartedAt,
            ["Cursor"] = progress.Cursor ?? "",
            ["Checked"] = progress.Checked,
            ["Rewrapped"] = progress.Rewrapped,
            ["Failed"] = progress.Failed,
        };
        if (progress.CompletedAt is { } completedAt)
        {
            entity["CompletedAt"] = completedAt;
        }
        return await tables.Keys.TrySaveAsync(entity, StoredVersion.OfAny(progress.RowVersion), cancellation) is { } version
            ? progress with { RowVersion = version.ToString() }
            : null;
    }

    private static KnownKey ToKnown(TableEntity entity) =>
        new(RingOf(entity), VersionOf(entity, "Version"), entity.GetString("Fingerprint"), Instant(entity, "FirstUsedAt"))
        {
            UnusedSince = entity.GetDateTimeOffset("UnusedSince"),
            RowVersion = entity.ETag.ToString(),
        };

    private static RewrapProgress ToProgress(TableEntity entity) =>
        new(entity.RowKey[RewrapPrefix.Length..], VersionOf(entity, "Target"), Instant(entity, "Since"), Instant(entity, "StartedAt"))
        {
            Cursor = entity.GetString("Cursor") is { Length: > 0 } cursor ? cursor : null,
            Checked = entity.GetInt32("Checked") ?? 0,
            Rewrapped = entity.GetInt32("Rewrapped") ?? 0,
            Failed = entity.GetInt32("Failed") ?? 0,
            CompletedAt = entity.GetDateTimeOffset("CompletedAt"),
            RowVersion = entity.ETag.ToString(),
        };

    private static RingName RingOf(TableEntity entity) => Enum.Parse<RingName>(entity.GetString("Ring"));

    private static byte VersionOf(TableEntity entity, string name) => (byte)(entity.GetInt32(name) ?? 0);

    private static DateTimeOffset Instant(TableEntity entity, string name) =>
        entity.GetDateTimeOffset(name) ?? throw new InvalidDataException($"{name} is missing.");
}
