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
    /// <param name="isClaimed">False when another voucher's account is live for the address: this voucher stays unused and is free again at once.</param>
    public static Decision<SignIn> Activate(Voucher voucher, bool isClaimed, string passwordHash, SessionSecret secret, Device device, DateTimeOffset now)
    {
        if (!isClaimed)
        {
            return new Decision<SignIn>(Problems.AccountExists, new VoucherChange(voucher.Released()));
        }
        var registration = voucher.Registration!;
        var account = new Account { ActivatedAt = now, PasswordHash = passwordHash, SessionEpoch = 1, Devices = [new KnownDevice(device.Ids[0], Attempts.None)] };
        var next = voucher with { Status = StoredStatus.Active, Account = account };
        return new Decision<SignIn>(new SignIn(next, secret) { Device = device.Secret }, new VoucherChange(next)
        {
            StartSessions = [Session.Start(secret, account, registration.AccessUntil, now)],
        });
    }
}
