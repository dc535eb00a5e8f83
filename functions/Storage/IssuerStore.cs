using Azure.Data.Tables;
using VoucherFunctions.Domain.Issuers;

namespace VoucherFunctions.Storage;

/// <summary>
/// Table <c>issuers</c>: an office's partition holds its row <c>issuer</c> and its batches; the partition <c>directory</c> lists the offices.
/// </summary>
public sealed class IssuerStore(StorageTables tables)
{
    private const string Directory = "directory";

    public async Task<Issuer?> FindAsync(string id, CancellationToken cancellation) =>
        await tables.Issuers.FindAsync(id, IssuerRows.State, cancellation) is { } entity ? IssuerRows.ToIssuer(entity) : null;

    public async Task<IReadOnlyList<IssuerOverview>> ListAsync(CancellationToken cancellation)
    {
        var offices = new List<IssuerOverview>();
        await foreach (var entry in tables.Issuers.RangeAsync(Directory, "!", "~", null, cancellation))
        {
            if (await FindOverviewAsync(entry.RowKey, cancellation) is { } office)
            {
                offices.Add(office);
            }
        }
        return offices;
    }

    /// <summary>The office and the last uses of its keys, which are neighbours in key order.</summary>
    public async Task<IssuerOverview?> FindOverviewAsync(string id, CancellationToken cancellation)
    {
        Issuer? issuer = null;
        var uses = new Dictionary<string, DateTimeOffset>();
        await foreach (var entity in tables.Issuers.RangeAsync(id, IssuerRows.State, $"{IssuerRows.KeyPrefix}~", null, cancellation))
        {
            if (entity.RowKey == IssuerRows.State)
            {
                issuer = IssuerRows.ToIssuer(entity);
            }
            else if (entity.GetDateTimeOffset("LastUsedAt") is { } at)
            {
                uses[entity.RowKey[IssuerRows.KeyPrefix.Length..]] = at;
            }
        }
        return issuer is null ? null : new IssuerOverview(issuer, uses);
    }

    /// <summary>Writes when a key was used last, in a row of its own so that it disturbs nobody; somebody else may do so at the same time.</summary>
    public async Task NoteUseAsync(string issuerId, string keyId, DateTimeOffset at, CancellationToken cancellation)
    {
        var entity = new TableEntity(issuerId, IssuerRows.KeyPrefix + keyId) { ["LastUsedAt"] = at };
        var before = await tables.Issuers.FindAsync(issuerId, entity.RowKey, cancellation);
        await tables.Issuers.TrySaveAsync(entity, before?.ETag, cancellation);
    }

    /// <summary>A new office. The directory entry first: an office that exists is always listed.</summary>
    public async Task AddAsync(Issuer issuer, CancellationToken cancellation)
    {
        await AddAsync(new TableEntity(Directory, issuer.Id), _ => true, cancellation);
        await AddAsync(IssuerRows.ToEntity(issuer), IsThisIssuer, cancellation);

        bool IsThisIssuer(TableEntity stored)
        {
            var there = IssuerRows.ToIssuer(stored);
            return (there.CreatedAt, there.Name) == (issuer.CreatedAt, issuer.Name);
        }
    }

    /// <summary>False when somebody else changed the office meanwhile.</summary>
    public async Task<bool> TryReplaceAsync(Issuer issuer, CancellationToken cancellation) =>
        await tables.Issuers.TryReplaceAsync(IssuerRows.ToEntity(issuer), StoredVersion.Of(issuer.Version), cancellation) is not null;

    public async Task<Batch?> FindBatchAsync(string issuerId, string batchId, CancellationToken cancellation) =>
        await tables.Issuers.FindAsync(issuerId, IssuerRows.BatchRow(batchId), cancellation) is { } entity ? IssuerRows.ToBatch(entity) : null;

    /// <summary>All batches of an office, in no order that means anything.</summary>
    public async Task<IReadOnlyList<Batch>> ListBatchesAsync(string issuerId, CancellationToken cancellation)
    {
        var batches = new List<Batch>();
        await foreach (var entity in tables.Issuers.RangeAsync(issuerId, IssuerRows.BatchPrefix, $"{IssuerRows.BatchPrefix}~", null, cancellation))
        {
            batches.Add(IssuerRows.ToBatch(entity));
        }
        return batches;
    }

    /// <summary>Registers a batch and counts it against the quota, both or neither; false when somebody else changed the office or began the same batch.</summary>
    public async Task<bool> TryBeginAsync(Issuer issuer, Batch batch, CancellationToken cancellation)
    {
        var change = new TableBatch(issuer.Id).Replace(IssuerRows.ToEntity(issuer), StoredVersion.Of(issuer.Version)).Add(IssuerRows.ToEntity(batch));
        return await tables.Issuers.TryCommitAsync(change, cancellation) is not null;
    }

    /// <summary>Marks the batch as complete. After a conflict another request has done so: a batch never changes in another way.</summary>
    public Task CompleteAsync(Batch batch, CancellationToken cancellation) =>
        tables.Issuers.TryReplaceAsync(IssuerRows.ToEntity(batch with { Completed = true }), StoredVersion.Of(batch.Version), cancellation);

    /// <summary>A row that is there already is fine if it is the same: the first answer was lost, and the SDK asked again (docs/rules.md#r6).</summary>
    private async Task AddAsync(TableEntity entity, Func<TableEntity, bool> isSame, CancellationToken cancellation)
    {
        if (await tables.Issuers.TryAddAsync(entity, cancellation) is null
            && (await tables.Issuers.FindAsync(entity.PartitionKey, entity.RowKey, cancellation) is not { } stored || !isSame(stored)))
        {
            throw new InvalidOperationException("Another office has this id.");
        }
    }
}
