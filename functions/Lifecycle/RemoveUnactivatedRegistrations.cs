using VoucherFunctions.Accounts;
using VoucherFunctions.Registrations;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>
/// 24 hours after a registration that was not activated: the voucher is free again (it was so already, by the clock) and the person's data go,
/// the claim of an activation that died half-way included. Counters of past days go too.
/// </summary>
public sealed class RemoveUnactivatedRegistrations(
    Sweep sweep, VoucherStore vouchers, DueTable due, AddressClaims claims, ThrottleStore throttle, TimeProvider clock) : ITimerJob
{
    public async Task<SweepReport> RunAsync(CancellationToken cancellation)
    {
        var report = await sweep.RunAsync(DueKind.Lapse, SettleAsync, cancellation);
        await throttle.RemovePastAsync(clock.GetUtcNow(), cancellation);
        return report;
    }

    private async Task<Swept> SettleAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var snapshot = await vouchers.FindAsync(item.Voucher, Reading.State, cancellation);
        if (snapshot is not null
            && RegistrationRules.Lapse(snapshot.Voucher, now) is { } lapse
            && await vouchers.TryCommitAsync(snapshot, lapse, cancellation) is null)
        {
            return Swept.Kept;
        }
        await claims.ReleaseUnlessHeldAsync(item.EmailHash!, item.Voucher, cancellation);
        if (item.IsOldOrphan(now))
        {
            return Swept.Settled;
        }
        // The change it was written for may still be under way: one more look when that is no longer possible.
        await due.PostponeAsync(item, item.Again(), cancellation);
        return Swept.SettledAndRemoved;
    }
}
