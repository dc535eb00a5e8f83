using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure.Data.Tables;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Storage;

/// <summary>
/// The durable timer queue: partition = shard, row = <c>kind-time-voucher-tag</c>. A sweep reads only what is due, so its cost does not grow with
/// the number of accounts.
/// </summary>
public sealed class DueTable(StorageTables tables)
{
    private const int PageSize = 100;

    private const string Renewal = nameof(DueItem.Renewal);

    /// <summary>
    /// Writes the items, all of one voucher. An item that is there already is written again. Its new version stops a process that read it before and is about to
    /// remove it: something may need it now.
    /// </summary>
    public async Task AddAsync(IReadOnlyList<DueItem> items, CancellationToken cancellation)
    {
        if (items.Count == 1)
        {
            await AddOrRenewAsync(items[0], cancellation);
            return;
        }
        var batch = new TableBatch(items[0].Shard);
        foreach (var item in items)
        {
            batch.Add(ToEntity(item));
        }
        if (await tables.Due.TryCommitAsync(batch, cancellation) is null)
        {
            foreach (var item in items)
            {
                await AddOrRenewAsync(item, cancellation);
            }
        }
    }

    /// <summary>Writes one item, and gives it back as <see cref="RemoveOwnAsync"/> will know it.</summary>
    public Task<DueItem> AddAsync(DueItem item, CancellationToken cancellation) => AddOrRenewAsync(item, cancellation);

    /// <summary>Puts an item off: the later row appears and the earlier one goes in one transaction.</summary>
    public async Task PostponeAsync(DueItem item, DueItem later, CancellationToken cancellation)
    {
        if (later.Row == item.Row)
        {
            return;
        }
        var batch = new TableBatch(item.Shard).Add(ToEntity(later)).Delete(item.Row, StoredVersion.Of(item.Version));
        if (await tables.Due.TryCommitAsync(batch, cancellation) is null)
        {
            await AddOrRenewAsync(later, cancellation);
            await RemoveAsync(item, cancellation);
        }
    }

    /// <summary>Removes the row as it was read. A row that somebody has written again since stays: they may need it.</summary>
    public Task RemoveAsync(DueItem item, CancellationToken cancellation) =>
        tables.Due.TryDeleteAsync(item.Shard, item.Row, StoredVersion.Of(item.Version), cancellation);

    /// <summary>Removes an item by its key: it has done its service.</summary>
    public async Task RemoveUnreadAsync(DueItem item, CancellationToken cancellation)
    {
        if (await tables.Due.FindAsync(item.Shard, item.Row, cancellation) is { } entity)
        {
            await RemoveAsync(item with { Version = entity.ETag.ToString() }, cancellation);
        }
    }

    /// <summary>
    /// Removes an item that we have added, unless somebody else has added it since: they may rely on it. One that was there before we did is taken for ours only as
    /// the addition gave it back.
    /// </summary>
    public async Task RemoveOwnAsync(DueItem item, CancellationToken cancellation)
    {
        if (await FindAsync(item, cancellation) is { } stored && stored.Renewal == item.Renewal && stored.CreatedAt == item.CreatedAt)
        {
            await RemoveAsync(stored, cancellation);
        }
    }

    /// <summary>The item as it is stored; null when it is not there.</summary>
    public async Task<DueItem?> FindAsync(DueItem item, CancellationToken cancellation) =>
        await tables.Due.FindAsync(item.Shard, item.Row, cancellation) is { } entity ? ToItem(item.Kind, entity) : null;

    /// <summary>What is due in a shard at <paramref name="now"/>, the oldest first.</summary>
    public IAsyncEnumerable<DueItem> DueAsync(DueKind kind, string shard, DateTimeOffset now, CancellationToken cancellation)
    {
        var name = DueItem.KindName(kind);
        return ReadAsync(kind, shard, $"{name}-", $"{name}-{now.AddSeconds(1).ToSecondKey()}", cancellation);
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

    private async Task<DueItem> AddOrRenewAsync(DueItem item, CancellationToken cancellation)
    {
        var entity = ToEntity(item);
        if (await tables.Due.TryAddAsync(entity, cancellation) is not null)
        {
            return item;
        }
        var renewal = Base32.Encode(RandomNumberGenerator.GetBytes(8));
        entity[Renewal] = renewal;
        // The row has our renewal when we wrote it and the answer was lost.
        await tables.Due.ChangeAsync(item.Shard, item.Row, stored => stored?.GetString(Renewal) == renewal ? null : entity, cancellation);
        return item with { Renewal = renewal };
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
        Renewal = entity.GetString(Renewal),
        Version = entity.ETag.ToString(),
    };
}
