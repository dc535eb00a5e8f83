using VoucherFunctions.Accounts;
using VoucherFunctions.Registrations;
using VoucherFunctions.Storage;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Lifecycle;

/// <summary>
/// Clears what a registration leaves outside its voucher's state once the state is no longer of it: the claim of an activation that came to nothing, and
/// the due row of a deletion that it had written in advance. Both name the address by its hash.
/// </summary>
public sealed class RegistrationCleanUp(VoucherStore vouchers, AddressClaims claims, DueTable due)
{
    /// <summary>For one address of the registration, which the lapse row names. An account id never comes back, so what is read here stays true.</summary>
    public async Task ClearAsync(DueItem lapse, CancellationToken cancellation)
    {
        await claims.ReleaseAbandonedAsync(lapse.EmailHash!, lapse.Voucher, cancellation);
        var snapshot = await vouchers.FindAsync(lapse.Voucher, Reading.State, cancellation);
        if (snapshot?.Voucher.Registration?.AccountId == lapse.AccountId)
        {
            return;
        }
        var accessUntil = AccessPeriod.Until(lapse.At - RegistrationRules.ActivationTime);
        foreach (var deletion in await due.OfAccountAsync(
            DueKind.Delete, AccountDue.DeletionStart(accessUntil), lapse.Voucher, lapse.AccountId!, cancellation))
        {
            await due.RemoveAsync(deletion, cancellation);
        }
    }

    /// <summary>For all its addresses, before it is due: the registration was cancelled. The lapse rows go last, so that the timer can take over.</summary>
    public async Task ClearAllAsync(VoucherId voucher, Registration registration, CancellationToken cancellation)
    {
        foreach (var lapse in await due.OfAccountAsync(DueKind.Lapse, registration.PendingUntil, voucher, registration.AccountId, cancellation))
        {
            await ClearAsync(lapse, cancellation);
            await due.RemoveAsync(lapse, cancellation);
        }
    }
}
