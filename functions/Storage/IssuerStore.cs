using System.Globalization;
using Azure;
using Azure.Data.Tables;
using VoucherFunctions.Issuers;

namespace VoucherFunctions.Storage;

/// <summary>
/// Table <c>issuers</c>: an office's partition holds its row <c>issuer</c> and its batches; the partition <c>directory</c> lists the offices.
/// </summary>
public sealed class IssuerStore(StorageTables tables)
{
    private const string Directory = "directory";
    private const string State = "issuer";

    public async Task<Issuer?> FindAsync(string id, CancellationToken cancellation) =>
        await tables.Issuers.FindAsync(id, State, cancellation) is { } entity ? ToIssuer(entity) : null;

    public async Task<IReadOnlyList<Issuer>> ListAsync(CancellationToken cancellation)
    {
        var issuers = new List<Issuer>();
        await foreach (var entry in tables.Issuers.RangeAsync(Directory, "!", "~", null, cancellation))
        {
            if (await FindAsync(entry.RowKey, cancellation) is { } issuer)
            {
                issuers.Add(issuer);
            }
        }
        return issuers;
    }

    /// <summary>The directory entry first: an office that exists is always listed.</summary>
    public async Task AddAsync(Issuer issuer, CancellationToken cancellation)
    {
        await tables.Issuers.AddAsync(new TableEntity(Directory, issuer.Id), cancellation);
        await tables.Issuers.AddAsync(ToEntity(issuer), cancellation);
    }

    /// <summary>False when somebody else changed the office meanwhile.</summary>
    public async Task<bool> TryReplaceAsync(Issuer issuer, CancellationToken cancellation)
    {
        try
        {
            await tables.Issuers.ReplaceAsync(ToEntity(issuer), StoredVersion.Of(issuer.Version), cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    public async Task<Batch?> FindBatchAsync(string issuerId, string batchId, CancellationToken cancellation) =>
        await tables.Issuers.FindAsync(issuerId, BatchRow(batchId), cancellation) is { } entity ? ToBatch(entity) : null;

    /// <summary>Registers a batch and counts it against the quota, both or neither; false when somebody else changed the office or began the same batch.</summary>
    public async Task<bool> TryBeginAsync(Issuer issuer, Batch batch, CancellationToken cancellation)
    {
        var change = new TableBatch(issuer.Id).Replace(ToEntity(issuer), StoredVersion.Of(issuer.Version)).Add(ToEntity(batch));
        try
        {
            await tables.Issuers.CommitAsync(change, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    /// <summary>Marks the batch as complete; another request may have done so.</summary>
    public async Task CompleteAsync(Batch batch, CancellationToken cancellation)
    {
        try
        {
            await tables.Issuers.ReplaceAsync(ToEntity(batch with { Completed = true }), StoredVersion.Of(batch.Version), cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // The only change that a batch ever sees is this one.
        }
    }

    private static string BatchRow(string id) => $"batch-{id}";

    private static TableEntity ToEntity(Issuer issuer) => new(issuer.Id, State)
    {
        ["Name"] = issuer.Name,
        ["CreatedAt"] = issuer.CreatedAt,
        ["Disabled"] = issuer.Disabled,
        ["DailyQuota"] = issuer.DailyQuota,
        ["QuotaDay"] = issuer.QuotaDay ?? "",
        ["IssuedThatDay"] = issuer.IssuedThatDay,
        ["Keys"] = string.Join(';', issuer.Keys.Select(key =>
            string.Create(CultureInfo.InvariantCulture, $"{key.Id},{key.SecretHash},{key.CreatedAt.UtcTicks}"))),
    };

    private static Issuer ToIssuer(TableEntity entity) => new()
    {
        Id = entity.PartitionKey,
        Name = entity.GetString("Name"),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
        Disabled = entity.GetBoolean("Disabled") ?? false,
        DailyQuota = entity.GetInt32("DailyQuota") ?? 0,
        QuotaDay = entity.GetString("QuotaDay"),
        IssuedThatDay = entity.GetInt32("IssuedThatDay") ?? 0,
        Keys = [.. entity.GetString("Keys").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ToKey)],
        Version = entity.ETag.ToString(),
    };

    private static IssuerKey ToKey(string text)
    {
        var parts = text.Split(',');
        return new IssuerKey(parts[0], parts[1], new DateTimeOffset(long.Parse(parts[2], CultureInfo.InvariantCulture), TimeSpan.Zero));
    }

    private static TableEntity ToEntity(Batch batch)
    {
        var entity = new TableEntity(batch.IssuerId, BatchRow(batch.Id))
        {
            ["RequestHash"] = batch.RequestHash,
            ["Nonce"] = batch.Nonce,
            ["KeyVersion"] = (int)batch.KeyVersion,
            ["Count"] = batch.Count,
            ["CreatedAt"] = batch.CreatedAt,
            ["RedeemableUntil"] = batch.RedeemableUntil,
            ["Language"] = batch.Language.Code(),
            ["Completed"] = batch.Completed,
        };
        if (batch.Reference is { } reference)
        {
            entity["Reference"] = reference;
        }
        return entity;
    }

    private static Batch ToBatch(TableEntity entity) => new()
    {
        Id = entity.RowKey["batch-".Length..],
        IssuerId = entity.PartitionKey,
        RequestHash = entity.GetString("RequestHash"),
        Nonce = entity.GetBinary("Nonce"),
        KeyVersion = (byte)(entity.GetInt32("KeyVersion") ?? 0),
        Count = entity.GetInt32("Count") ?? 0,
        Reference = entity.GetString("Reference"),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
        RedeemableUntil = entity.GetDateTimeOffset("RedeemableUntil") ?? default,
        Language = Languages.TryParse(entity.GetString("Language"), out var language) ? language : Language.Fr,
        Completed = entity.GetBoolean("Completed") ?? false,
        Version = entity.ETag.ToString(),
    };
}
