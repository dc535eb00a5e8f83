using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using VoucherFunctions.Accounts;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Storage;

/// <summary>
/// The durable timer queue: partition = shard, row = <c>kind-time-voucher-tag</c>. A sweep reads only what is due, so its cost does not grow with
/// the number of accounts.
/// </summary>
public sealed class DueTable(StorageTables tables)
{
    private const int PageSize = 100;

    /// <summary>Writes the items, all of one voucher. An item that is there already is fine.</summary>
    public async Task AddAsync(IReadOnlyList<DueItem> items, CancellationToken cancellation)
    {
        if (items.Count == 1)
        {
            await AddIfMissingAsync(items[0], cancellation);
            return;
        }
        var batch = new TableBatch(items[0].Shard);
        foreach (var item in items)
        {
            batch.Add(ToEntity(item));
        }
        try
        {
            await tables.Due.CommitAsync(batch, cancellation);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            foreach (var item in items)
            {
                await AddIfMissingAsync(item, cancellation);
            }
        }
    }

    /// <summary>Puts an item off: the later row appears and the earlier one goes in one transaction.</summary>
    public async Task PostponeAsync(DueItem item, DueItem later, CancellationToken cancellation)
    {
        if (later.Row == item.Row)
        {
            return;
        }
        var batch = new TableBatch(item.Shard).Add(ToEntity(later)).Delete(item.Row, StoredVersion.Of(item.Version));
        try
        {
            await tables.Due.CommitAsync(batch, cancellation);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            await AddIfMissingAsync(later, cancellation);
            await RemoveAsync(item, cancellation);
        }
    }

    public Task RemoveAsync(DueItem item, CancellationToken cancellation) => IgnoreConflictAsync(() =>
        tables.Due.DeleteAsync(item.Shard, item.Row, StoredVersion.Of(item.Version), cancellation));

    /// <summary>Removes an item by its key: it has done its service.</summary>
    public async Task RemoveUnreadAsync(DueItem item, CancellationToken cancellation)
    {
        if (await tables.Due.FindAsync(item.Shard, item.Row, cancellation) is { } entity)
        {
            await RemoveAsync(item with { Version = entity.ETag.ToString() }, cancellation);
        }
    }

    /// <summary>The item as it is stored; null when it is not there.</summary>
    public async Task<DueItem?> FindAsync(DueItem item, CancellationToken cancellation) =>
        await tables.Due.FindAsync(item.Shard, item.Row, cancellation) is { } entity ? ToItem(item.Kind, entity) : null;

    /// <summary>What is due in a shard at <paramref name="now"/>, the oldest first.</summary>
    public IAsyncEnumerable<DueItem> DueAsync(DueKind kind, string shard, DateTimeOffset now, CancellationToken cancellation)
    {
        var name = DueItem.KindName(kind);
        return ReadAsync(kind, shard, $"{name}-", $"{name}-{DueItem.TimeKey(now.AddSeconds(1))}", cancellation);
    }

    /// <summary>Everything of a kind in a shard, due or not, in key order; after a row that was seen before, if there is one.</summary>
    public IAsyncEnumerable<DueItem> AfterAsync(DueKind kind, string shard, string? row, CancellationToken cancellation)
    {
        var prefix = $"{DueItem.KindName(kind)}-";
        var first = row is not null && row.StartsWith(prefix, StringComparison.Ordinal) ? $"{row}!" : prefix;
        return ReadAsync(kind, shard, first, $"{prefix}~", cancellation);
    }

    /// <summary>What an account, by its own id, has due for one thing at one instant: a registration has one lapse for each address it was given.</summary>
    public async Task<IReadOnlyList<DueItem>> OfAccountAsync(
        DueKind kind, DateTimeOffset at, VoucherId voucher, string accountId, CancellationToken cancellation)
    {
        var prefix = DueItem.RowPrefix(kind, at, voucher);
        var items = new List<DueItem>();
        await foreach (var item in ReadAsync(kind, DueItem.ShardOf(voucher), prefix, prefix + "~", cancellation))
        {
            if (item.AccountId == accountId)
            {
                items.Add(item);
            }
        }
        return items;
    }

    private async IAsyncEnumerable<DueItem> ReadAsync(
        DueKind kind, string shard, string first, string end, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entity in tables.Due.RangeAsync(shard, first, end, PageSize, cancellation))
        {
            yield return ToItem(kind, entity);
        }
    }

    private Task AddIfMissingAsync(DueItem item, CancellationToken cancellation) => IgnoreConflictAsync(() =>
        tables.Due.AddAsync(ToEntity(item), cancellation));

    private static async Task IgnoreConflictAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // The row is already as it should be, or another sweep has it.
        }
    }

    private static TableEntity ToEntity(DueItem item)
    {
        var entity = new TableEntity(item.Shard, item.Row)
        {
            ["At"] = item.At,
            ["Voucher"] = item.Voucher.Value,
            ["Tag"] = item.Tag,
            ["CreatedAt"] = item.CreatedAt,
        };
        if (item.EmailHash is { } hash)
        {
            entity["EmailHash"] = hash.Value;
        }
        if (item.AccountId is { } account)
        {
            entity["AccountId"] = account;
        }
        if (item.AccessUntil is { } accessUntil)
        {
            entity["AccessUntil"] = accessUntil;
        }
        return entity;
    }

    private static DueItem ToItem(DueKind kind, TableEntity entity) => new(
        kind,
        entity.GetDateTimeOffset("At") ?? throw new InvalidDataException("A due row has no instant."),
        VoucherId.TryParse(entity.GetString("Voucher"), out var voucher) ? voucher : throw new InvalidDataException("A due row names no voucher."),
        entity.GetString("Tag"))
    {
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? throw new InvalidDataException("A due row has no time of creation."),
        EmailHash = entity.GetString("EmailHash") is { } hash ? EmailHash.FromStored(hash) : null,
        AccountId = entity.GetString("AccountId"),
        AccessUntil = entity.GetDateTimeOffset("AccessUntil"),
        Version = entity.ETag.ToString(),
    };
}
