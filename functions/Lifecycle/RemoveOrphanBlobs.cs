using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>Removes blobs that no document names: leftovers of uploads, replacements and removals that were interrupted.</summary>
public sealed class RemoveOrphanBlobs(Sweep sweep, VoucherTable vouchers, DocumentBlobs blobs) : ITimerJob
{
    [Function(nameof(RemoveOrphanBlobs))]
    public Task<SweepReport> RunAsync([TimerTrigger("0 10 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(DueKind.Blob, SettleAsync, cancellation);

    /// <summary>An upload is not kept any more by the time its note is due, so what is read here stays true.</summary>
    private async Task<SweepOutcome> SettleAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var documents = await vouchers.FindDocumentsAsync(item.Voucher, cancellation);
        if (documents.All(document => document.BlobId != item.Tag))
        {
            await blobs.RemoveTracesAsync(item.AccountId!, item.Tag, cancellation);
        }
        return SweepOutcome.Settled;
    }
}
