using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>
/// Clears what a registration leaves outside its voucher's state once the state is no longer of it: the claim of an activation that came to nothing, and
/// what that had queued in advance.
/// </summary>
public sealed class RegistrationCleanUp(VoucherTable vouchers, AddressClaims claims, DueTable due)
{
    /// <summary>For one address of the registration, which a lapse row names. An account id never comes back, so what is read here stays true.</summary>
    public async Task ClearAsync(DueItem lapse, CancellationToken cancellation)
    {
        await claims.ReleaseUnlessHeldAsync(lapse.EmailHash!, lapse.Voucher, cancellation);
        var snapshot = await vouchers.FindAsync(lapse.Voucher, Reading.State, cancellation);
        if (snapshot?.Voucher.Registration?.AccountId != lapse.AccountId)
        {
            foreach (var item in AccountDue.All(lapse.Voucher, lapse.AccountId!, lapse.AccessUntil!.Value, lapse.CreatedAt))
            {
                await due.RemoveUnreadAsync(item, cancellation);
            }
        }
    }

    /// <summary>With the lapse goes the second look after it, unless an activation may still be under way.</summary>
    public async Task RemoveOldClaimChecksAsync(DueItem lapse, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var check in await due.OfAccountAsync(
            DueKind.Lapse, lapse.At + AccountDue.ClaimCheckAfter, lapse.Voucher, lapse.AccountId!, cancellation))
        {
            if (check.IsOldOrphan(now))
            {
                await claims.ReleaseUnlessHeldAsync(check.EmailHash!, check.Voucher, cancellation);
                await due.RemoveAsync(check, cancellation);
            }
        }
    }

    /// <summary>
    /// For all its addresses, before it is due: the registration was cancelled. The lapse rows go last, so that the timer can take over; the second look stays
    /// for it if an activation may still be under way, which may yet claim the address and die.
    /// </summary>
    public async Task ClearAllAsync(VoucherId voucher, Registration registration, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var at in AccountDue.LapseTimes(registration))
        {
            foreach (var lapse in await due.OfAccountAsync(DueKind.Lapse, at, voucher, registration.AccountId, cancellation))
            {
                await ClearAsync(lapse, cancellation);
                if (at == registration.PendingUntil || lapse.IsOldOrphan(now))
                {
                    await due.RemoveAsync(lapse, cancellation);
                }
            }
        }
    }
}
