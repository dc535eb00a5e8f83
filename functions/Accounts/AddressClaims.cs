using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>
/// One live account an address. A claim is always written anew, never just found to be ours, and the voucher that held it is changed first, so that a
/// commit of its own that is under way fails (docs/rules.md#r5).
/// </summary>
public sealed class AddressClaims(ClaimStore claims, VoucherTable vouchers, VoucherTransaction transaction)
{
    /// <summary>True once the address is claimed for the voucher under every key; false when another voucher's account is live for it.</summary>
    public async Task<bool> TryClaimAsync(Voucher voucher, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var key in voucher.Registration!.EmailHash.Claims)
        {
            if (!await TryClaimAsync(key, voucher, now, cancellation))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whose live account the address has now, other than this voucher's own; null when none.</summary>
    public async Task<Voucher?> FindLiveHolderAsync(Voucher voucher, DateTimeOffset now, CancellationToken cancellation)
    {
        var email = voucher.Registration!.EmailHash;
        return await claims.FindAsync(email, cancellation) is { } claim
            && claim.Voucher != voucher.Id
            && (await vouchers.FindAsync(claim.Voucher, Reading.State, cancellation))?.Voucher is { } holder
            && IsLive(holder, email, now)
                ? holder
                : null;
    }

    /// <summary>
    /// Removes the claims on the address that name this voucher, unless its state holds the address. The claim is read first and deleted by that version: an
    /// activation that begins after the state was judged writes the claim anew, and the deletion fails.
    /// </summary>
    public async Task ReleaseUnlessHeldAsync(EmailHash email, VoucherId voucher, CancellationToken cancellation)
    {
        foreach (var key in email.Claims)
        {
            for (var retry = new OptimisticRetry(); await claims.FindAsync(key, cancellation) is { } claim && claim.Voucher == voucher; retry.CountConflict())
            {
                var state = await vouchers.FindAsync(voucher, Reading.State, cancellation);
                if ((state is not null && Holds(state.Voucher, email)) || await claims.TryDeleteAsync(claim, cancellation))
                {
                    break;
                }
            }
        }
    }

    private async Task<bool> TryClaimAsync(string key, Voucher voucher, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            var claim = await claims.FindAsync(key, cancellation);
            if (claim is not null && claim.Voucher != voucher.Id)
            {
                var holder = await vouchers.FindAsync(claim.Voucher, Reading.State, cancellation);
                if (holder is not null && IsLive(holder.Voucher, voucher.Registration!.EmailHash, now))
                {
                    return false;
                }
                if (holder is not null && Fence(holder.Voucher, voucher.Registration!.EmailHash, now) is { } fence
                    && await transaction.TryCommitAsync(holder, fence, cancellation) is null)
                {
                    continue;
                }
            }
            if (await claims.TryWriteAsync(key, voucher.Id, claim, cancellation))
            {
                return true;
            }
        }
    }

    private static bool Holds(Voucher voucher, EmailHash email) =>
        voucher.Status is StoredStatus.Pending or StoredStatus.Active && voucher.Registration!.EmailHash.Matches(email);

    private static bool IsLive(Voucher holder, EmailHash email, DateTimeOffset now) =>
        holder.StatusAt(now) == VoucherStatus.Active && holder.Registration!.EmailHash.Matches(email);

    /// <summary>
    /// The change that makes an activation of the holder that is under way fail: its account ended → superseded; still pending → touched.
    /// In any other state no commit of its own can follow without reading the claim again.
    /// </summary>
    private static VoucherChange? Fence(Voucher holder, EmailHash email, DateTimeOffset now) => holder.Status switch
    {
        StoredStatus.Active when holder.StatusAt(now) == VoucherStatus.Locked && holder.Registration!.EmailHash.Matches(email) => new VoucherChange(holder with { Status = StoredStatus.Superseded }),
        StoredStatus.Pending => new VoucherChange(holder),
        _ => null,
    };
}
