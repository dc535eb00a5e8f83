using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Accounts;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>Deletes the data of registrations that were not activated within 24 hours, what interrupted activations left, and the throttle counters of past days. The voucher is free by the clock, without this timer.</summary>
public sealed class RemoveUnactivatedRegistrations(
    Sweep sweep, VoucherTable vouchers, VoucherTransaction transaction, RegistrationCleanUp cleanUp, ThrottleStore throttle, TimeProvider clock) : ITimerJob
{
    [Function(nameof(RemoveUnactivatedRegistrations))]
    public async Task<SweepReport> RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        try
        {
            return await sweep.RunAsync(DueKind.Lapse, SettleAsync, cancellation);
        }
        finally
        {
            // A registration that cannot be removed does not keep counters of past days alive.
            await throttle.RemovePastAsync(clock.GetUtcNow(), cancellation);
        }
    }

    private async Task<SweepOutcome> SettleAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var snapshot = await vouchers.FindAsync(item.Voucher, Reading.State, cancellation);
        if (snapshot is not null
            && RegistrationRules.Lapse(snapshot.Voucher, now) is { } lapse
            && await transaction.TryCommitAsync(snapshot, lapse, cancellation) is null)
        {
            return SweepOutcome.Kept;
        }
        // However young the row is: the state is not pending for it any more, so no change that it was written for can still be committed.
        await cleanUp.ClearAsync(item, cancellation);
        await cleanUp.RemoveOldClaimChecksAsync(item, now, cancellation);
        return SweepOutcome.Settled;
    }
}
