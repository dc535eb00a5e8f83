using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>From the link in the mail to the account, as pure decisions.</summary>
public static class ActivationRules
{
    /// <summary>Null when the link works now.</summary>
    public static Refusal? CheckLink(Voucher? voucher, LinkToken link, DateTimeOffset now)
    {
        var isThisLink = voucher?.Registration?.ActivationNonce == link.Nonce;
        if (isThisLink && voucher!.Account is { } account)
        {
            return Problems.ActivationUsed.With("usedAt", account.ActivatedAt);
        }
        return isThisLink && voucher!.StatusAt(now) == VoucherStatus.Pending
            ? null
            : Problems.ActivationExpired.With("expiredAt", link.Until <= now ? link.Until : null);
    }

    /// <summary>Pending becomes Active with its password, and is signed in, in one commit.</summary>
    public static VoucherChange Activate(Voucher voucher, string passwordHash, SessionSecret secret, DateTimeOffset now)
    {
        var registration = voucher.Registration!;
        var account = new Account { ActivatedAt = now, PasswordHash = passwordHash, SessionEpoch = 1 };
        return new VoucherChange(voucher with { Status = StoredStatus.Active, Account = account })
        {
            StartSessions = [Session.Start(secret, account, registration.AccessUntil, now)],
        };
    }

    /// <summary>The address has a live account: the voucher stays unused and is free again at once.</summary>
    public static Decision<T> RefuseSecondAccount<T>(Voucher voucher) =>
        new(Problems.AccountExists, new VoucherChange(voucher.Released()));
}
