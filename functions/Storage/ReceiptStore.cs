using System.Globalization;
using Azure.Data.Tables;
using VoucherFunctions.Domain.Erasure;

namespace VoucherFunctions.Storage;

/// <summary>A deletion whose receipt is not written, or not noted in the ledger yet.</summary>
/// <param name="Id">Of its entry in the ledger of erasures.</param>
/// <param name="Receipt">The receipt it is on; null when it is on none.</param>
public sealed record OpenDeletion(string Id, DeletionReason Reason, int? Receipt, string? Version);

/// <summary>The last receipt, and what the next one will be about.</summary>
public sealed record ReceiptLedger(DeletionReceipt? Last, string? Version, IReadOnlyList<OpenDeletion> Open);

/// <summary>
/// The partition <c>receipts</c> of the table <c>erasures</c>: rows <c>receipt-{number}</c>, the row <c>head</c>, a copy of the last of them, and a row
/// <c>open-{id}</c> for each deletion that is on none yet. A receipt comes in one transaction with the new head and with its number in the rows it counts.
/// </summary>
public sealed class ReceiptStore(StorageTables tables)
{
    /// <summary>How many deletions one receipt can count: each is a change of its transaction, as are the receipt and the head.</summary>
    public const int MostOnOne = TableLimits.BatchActions - 2;

    private const string Partition = "receipts";
    private const string Head = "head";
    private const string OpenPrefix = "open-";
    private const string ReceiptPrefix = "receipt-";
    private const int PageSize = 500;

    /// <summary>Does nothing when an earlier run of the same deletion opened it.</summary>
    public Task OpenAsync(string id, DeletionReason reason, CancellationToken cancellation) =>
        tables.Erasures.TryAddAsync(ToEntity(new OpenDeletion(id, reason, null, null)), cancellation);

    /// <summary>After a conflict another run has counted it, and will close it.</summary>
    public Task CloseAsync(OpenDeletion deletion, CancellationToken cancellation) =>
        tables.Erasures.TryDeleteAsync(Partition, OpenPrefix + deletion.Id, StoredVersion.Of(deletion.Version), cancellation);

    public async Task<ReceiptLedger> ReadAsync(CancellationToken cancellation)
    {
        TableEntity? head = null;
        var open = new List<OpenDeletion>();
        await foreach (var entity in tables.Erasures.RangeAsync(Partition, Head, $"{OpenPrefix}~", null, cancellation))
        {
            if (entity.RowKey == Head)
            {
                head = entity;
            }
            else if (entity.RowKey.StartsWith(OpenPrefix, StringComparison.Ordinal))
            {
                open.Add(new OpenDeletion(
                    entity.RowKey[OpenPrefix.Length..], Enum.Parse<DeletionReason>(entity.GetString("Reason")), entity.GetInt32("Receipt"), entity.ETag.ToString()));
            }
        }
        return new ReceiptLedger(head is null ? null : ToReceipt(head), head?.ETag.ToString(), open);
    }

    /// <summary>False when another run was faster, with this receipt or with what it counts.</summary>
    public async Task<bool> TryAddAsync(ReceiptLedger read, DeletionReceipt receipt, IReadOnlyList<OpenDeletion> counted, CancellationToken cancellation)
    {
        var batch = new TableBatch(Partition).Add(ToEntity(receipt, RowOf(receipt.Number)));
        var head = ToEntity(receipt, Head);
        batch = read.Version is null ? batch.Add(head) : batch.Replace(head, StoredVersion.Of(read.Version));
        foreach (var deletion in counted)
        {
            batch.Replace(ToEntity(deletion with { Receipt = receipt.Number }), StoredVersion.Of(deletion.Version));
        }
        return await tables.Erasures.TryCommitAsync(batch, cancellation) is not null;
    }

    /// <summary>The receipts with a higher number, one page of them, in order.</summary>
    public async Task<(IReadOnlyList<DeletionReceipt> Receipts, DeletionReceipt? Last)> ListAsync(int after, CancellationToken cancellation)
    {
        // The head first: what is listed then goes at least that far, or to the end of the page.
        var head = await tables.Erasures.FindAsync(Partition, Head, cancellation);
        var receipts = new List<DeletionReceipt>();
        await foreach (var entity in tables.Erasures.RangeAsync(Partition, $"{RowOf(after)}!", $"{ReceiptPrefix}~", PageSize, cancellation))
        {
            receipts.Add(ToReceipt(entity));
            if (receipts.Count == PageSize)
            {
                break;
            }
        }
        return (receipts, head is null ? null : ToReceipt(head));
    }

    private static TableEntity ToEntity(OpenDeletion deletion)
    {
        var entity = new TableEntity(Partition, OpenPrefix + deletion.Id) { ["Reason"] = deletion.Reason.ToString() };
        if (deletion.Receipt is { } number)
        {
            entity["Receipt"] = number;
        }
        return entity;
    }

    private static string RowOf(int number) => ReceiptPrefix + number.ToString("D10", CultureInfo.InvariantCulture);

    private static TableEntity ToEntity(DeletionReceipt receipt, string row)
    {
        var entity = new TableEntity(Partition, row)
        {
            ["Number"] = receipt.Number,
            ["At"] = receipt.At,
            ["AtEnd"] = receipt.Deleted.AtEnd,
            ["ByWish"] = receipt.Deleted.ByWish,
            ["Again"] = receipt.Deleted.Again,
            ["Previous"] = receipt.Previous,
            ["Hash"] = receipt.Hash,
        };
        if (receipt.CutOff is { } cutOff)
        {
            entity["CutOff"] = cutOff;
        }
        return entity;
    }

    /// <summary>As it is stored: what was tampered with must show.</summary>
    private static DeletionReceipt ToReceipt(TableEntity entity) => new(
        entity.GetInt32("Number") ?? 0,
        entity.GetDateTimeOffset("At") ?? default,
        entity.GetDateTimeOffset("CutOff"),
        new DeletedAccounts(entity.GetInt32("AtEnd") ?? 0, entity.GetInt32("ByWish") ?? 0, entity.GetInt32("Again") ?? 0),
        entity.GetString("Previous") ?? "")
    {
        Hash = entity.GetString("Hash") ?? "",
    };
}
