using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Lifecycle;

/// <summary>Deletes accounts whose deadline is at most 7 days away, and finishes deletions and erasures that were interrupted.</summary>
public sealed class DeleteExpiredData(Sweep sweep, Deletion deletion, DeletionReceipts receipts, TimeProvider clock) : ITimerJob
{
    [Function(nameof(DeleteExpiredData))]
    public async Task<SweepReport> RunAsync([TimerTrigger("0 30 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        try
        {
            var report = await sweep.RunAsync(
                DueKind.Delete,
                async (item, at, stop) => await deletion.RunAsync(item, at, stop) ? SweepOutcome.Settled : SweepOutcome.Kept,
                cancellation);
            // Also of what was deleted since the last run: after a farewell, or by a process that died before it could say so.
            await receipts.WriteAsync(now - report.OldestOverdue, cancellation);
            return report;
        }
        catch (IncompleteRunException incomplete)
        {
            // One item that cannot be deleted must not keep the others from their receipt, nor the receipt from what is overdue.
            await receipts.TryWriteAsync(now - incomplete.Report.OldestOverdue, cancellation);
            throw;
        }
    }
}
