using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>
/// Writes receipts of what was deleted: each deletion is on one receipt, whatever dies on the way and however many runs there are at once. A deletion opens a row for itself
/// before its state goes; the receipt puts its number into the row, from there it is noted in the ledger, and only then the row goes. A run that comes late and
/// opens the same deletion again finds the number in the ledger.
/// </summary>
public sealed partial class DeletionReceipts(ReceiptStore store, ErasureLedger ledger, BestEffort bestEffort, TimeProvider clock, ILogger<DeletionReceipts> logger)
{
    private const int AtOnce = 8;

    public Task OpenAsync(string id, DeletionReason reason, CancellationToken cancellation) => store.OpenAsync(id, reason, cancellation);

    public async Task WriteAsync(DateTimeOffset? cutOff, CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry(); ;)
        {
            var read = await store.ReadAsync(cancellation);
            var fresh = await SettleAsync(read.Open, cancellation);
            if (fresh.Count == 0)
            {
                return;
            }
            var counted = fresh.Take(ReceiptStore.MostOnOne).ToList();
            var receipt = DeletionReceipt.After(read.Last, clock.GetUtcNow(), cutOff, DeletedAccounts.Of(counted.Select(deletion => deletion.Reason)));
            if (await store.TryAddAsync(read, receipt, counted, cancellation))
            {
                Log.Written(logger, receipt.Number, receipt.Deleted.Total);
            }
            else
            {
                retry.CountConflict();
            }
        }
    }

    /// <summary>After a deletion outside a run. It is done, whether its receipt is written now or by the next run.</summary>
    public Task TryWriteAsync(CancellationToken cancellation) => TryWriteAsync(null, cancellation);

    public Task TryWriteAsync(DateTimeOffset? cutOff, CancellationToken cancellation) => bestEffort.TryAsync(stop => WriteAsync(cutOff, stop), cancellation);

    /// <summary>Closes what is on a receipt; returns what is on none.</summary>
    private async Task<IReadOnlyList<OpenDeletion>> SettleAsync(IReadOnlyList<OpenDeletion> open, CancellationToken cancellation)
    {
        var isFresh = new bool[open.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, open.Count),
            Parallelism.AtMost(AtOnce, cancellation),
            async (index, stop) => isFresh[index] = !await TryCloseAsync(open[index], stop));
        return [.. open.Where((_, index) => isFresh[index])];
    }

    private async Task<bool> TryCloseAsync(OpenDeletion deletion, CancellationToken cancellation)
    {
        if (deletion.Receipt is { } number)
        {
            await ledger.NoteReceiptAsync(deletion.Id, number, cancellation);
        }
        else if (!await ledger.IsReceiptedAsync(deletion.Id, cancellation))
        {
            return false;
        }
        await store.CloseAsync(deletion, cancellation);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Deletion receipt {Number}: {Count} accounts.")]
        public static partial void Written(ILogger logger, int number, int count);
    }
}
