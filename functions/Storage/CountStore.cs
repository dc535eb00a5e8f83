using Azure.Data.Tables;
using VoucherFunctions.Domain.Issuers;

namespace VoucherFunctions.Storage;

/// <summary>Rows <c>counts-{batch}</c> beside an office's batches in the table <c>issuers</c>. They only save work: all can be counted again.</summary>
public sealed class CountStore(StorageTables tables)
{
    private const string Prefix = "counts-";

    public async Task<IReadOnlyList<BatchCounts>> ListAsync(string issuerId, CancellationToken cancellation)
    {
        var all = new List<BatchCounts>();
        await foreach (var entity in tables.Issuers.RangeAsync(issuerId, Prefix, $"{Prefix}~", null, cancellation))
        {
            all.Add(ToCounts(entity));
        }
        return all;
    }

    /// <summary>In place of what was read before, or as the first. Another run may have saved its own: they say the same.</summary>
    public Task SaveAsync(string issuerId, BatchCounts counted, BatchCounts? before, CancellationToken cancellation) =>
        tables.Issuers.TrySaveAsync(ToEntity(issuerId, counted), StoredVersion.OfAny(before?.Version), cancellation);

    private static TableEntity ToEntity(string issuerId, BatchCounts counted) => new(issuerId, Prefix + counted.BatchId)
    {
        ["At"] = counted.At,
        ["Total"] = counted.Counts.Total,
        ["Issued"] = counted.Counts.Issued,
        ["Pending"] = counted.Counts.Pending,
        ["Active"] = counted.Counts.Active,
        ["Locked"] = counted.Counts.Locked,
        ["Released"] = counted.Counts.Released,
        ["Revoked"] = counted.Counts.Revoked,
        ["Expired"] = counted.Counts.Expired,
        ["Deleted"] = counted.Counts.Deleted,
    };

    private static BatchCounts ToCounts(TableEntity entity)
    {
        int Of(string name) => entity.GetInt32(name) ?? 0;
        var counts = new VoucherCounts(
            Of("Total"), Of("Issued"), Of("Pending"), Of("Active"), Of("Locked"), Of("Released"), Of("Revoked"), Of("Expired"), Of("Deleted"));
        return new BatchCounts(entity.RowKey[Prefix.Length..], counts, entity.GetDateTimeOffset("At") ?? default) { Version = entity.ETag.ToString() };
    }
}
