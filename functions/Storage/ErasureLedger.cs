using Azure.Data.Tables;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Storage;

/// <summary>
/// Table <c>erasures</c>: keyed hashes of the vouchers whose account was deleted, so that none of them is ever used again and its issuer is told "deleted".
/// The receipts of deletions are in the same table (<see cref="ReceiptStore"/>). Names nobody: a voucher's code is random, and the person's data are gone.
/// </summary>
public sealed class ErasureLedger(StorageTables tables, HashingKeys keys)
{
    private const string Row = "erased";

    /// <summary>The issuer of the voucher, or null when no account of it was deleted.</summary>
    public async Task<string?> FindIssuerAsync(VoucherId voucher, CancellationToken cancellation) =>
        (await FindAsync(voucher, cancellation))?.IssuerId;

    public async Task<ErasedVoucher?> FindAsync(VoucherId voucher, CancellationToken cancellation)
    {
        foreach (var version in keys.Versions)
        {
            if (await tables.Erasures.FindAsync(Key(voucher, version), Row, cancellation) is { } entity)
            {
                return new ErasedVoucher(
                    entity.GetString("IssuerId"), entity.GetBoolean("IsTest") ?? false, entity.GetDateTimeOffset("ErasedAt") ?? default);
            }
        }
        return null;
    }

    /// <summary>The id of the voucher's entry, which is there afterwards.</summary>
    public async Task<string> AddAsync(Voucher voucher, DateTimeOffset now, CancellationToken cancellation)
    {
        var entity = new TableEntity(Key(voucher.Id, keys.Current), Row) { ["IssuerId"] = voucher.IssuerId, ["ErasedAt"] = now, ["IsTest"] = voucher.IsTest };
        // When it is there already, an earlier run of the same deletion wrote it.
        await tables.Erasures.TryAddAsync(entity, cancellation);
        return entity.PartitionKey;
    }

    /// <summary>Whether the deletion is on a receipt.</summary>
    public async Task<bool> IsReceiptedAsync(string id, CancellationToken cancellation) =>
        await tables.Erasures.FindAsync(id, Row, cancellation) is { } entity && entity.ContainsKey("Receipt");

    public async Task NoteReceiptAsync(string id, int number, CancellationToken cancellation)
    {
        if (await tables.Erasures.FindAsync(id, Row, cancellation) is not { } entity || entity.ContainsKey("Receipt"))
        {
            return;
        }
        entity["Receipt"] = number;
        // Only a receipt ever changes an entry: after a conflict another run has noted the same one.
        await tables.Erasures.TryReplaceAsync(entity, entity.ETag, cancellation);
    }

    /// <summary>A restored copy brought back what was deleted: that it goes again is another deletion, which is on no receipt yet.</summary>
    public async Task ForgetReceiptAsync(VoucherId voucher, CancellationToken cancellation)
    {
        foreach (var id in IdsOf(voucher))
        {
            if (await tables.Erasures.FindAsync(id, Row, cancellation) is { } entity && entity.Remove("Receipt"))
            {
                // After a conflict another replay has removed it.
                await tables.Erasures.TryReplaceAsync(entity, entity.ETag, cancellation);
            }
        }
    }

    /// <summary>The entries after this one, in the order of their ids, so many at most.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ListAsync(string after, int count, CancellationToken cancellation)
    {
        var entries = new List<LedgerEntry>();
        await foreach (var entity in tables.Erasures.PartitionsAsync($"{after}!", "~", cancellation))
        {
            // The receipts of deletions are in this table too.
            if (entity.RowKey == Row)
            {
                entries.Add(new LedgerEntry(
                    entity.PartitionKey, entity.GetString("IssuerId"), entity.GetBoolean("IsTest") ?? false, entity.GetDateTimeOffset("ErasedAt") ?? default));
            }
            if (entries.Count == count)
            {
                break;
            }
        }
        return entries;
    }

    /// <summary>Puts an exported entry back. False when it is there.</summary>
    public async Task<bool> AddAsync(LedgerEntry entry, CancellationToken cancellation)
    {
        var entity = new TableEntity(entry.Id, Row) { ["IssuerId"] = entry.IssuerId, ["ErasedAt"] = entry.ErasedAt, ["IsTest"] = entry.IsTest };
        return await tables.Erasures.TryAddAsync(entity, cancellation) is not null;
    }

    /// <summary>The ids under which a voucher can be in the ledger, of every key in the ring.</summary>
    public IEnumerable<string> IdsOf(VoucherId voucher) => keys.Versions.Select(version => Key(voucher, version));

    private string Key(VoucherId voucher, byte version) =>
        Base32.Encode(keys.Hash(version, HashPurpose.Ledger, voucher.Value).AsSpan(0, VoucherId.Bytes));
}
