using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Erasure;

/// <summary>The last transition of an account, as pure decisions.</summary>
public static class DeletionRules
{
    /// <summary>How long the farewell mail of a deletion in time may keep the address alive.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromDays(3);

    /// <summary>Before the deadline, so that the timer, which runs each hour, comes by once more in time.</summary>
    private static readonly TimeSpan LastRuns = TimeSpan.FromHours(2);

    /// <summary>
    /// The regular end: the password, tokens, sessions and the account's key go at once, and with the key all documents. Name and address stay for the farewell
    /// mail under a key of their own, at most three days and never beyond the deadline; not at all when they cannot be opened.
    /// </summary>
    public static VoucherChange? Begin(Voucher voucher, Func<Registration, Registration?> underNewKey, Guid mailId, DateTimeOffset now)
    {
        if (voucher is not { Status: StoredStatus.Active or StoredStatus.Superseded, Registration: { } registration }
            || now < AccountDue.DeletionStart(registration.AccessUntil))
        {
            return null;
        }
        var until = Instants.Earlier(now + FarewellTime, AccessPeriod.DeletedAtLatest(registration.AccessUntil) - LastRuns);
        if (until <= now || underNewKey(registration) is not { } moved)
        {
            return new VoucherChange(Wiped(voucher));
        }
        return new VoucherChange(voucher with { Status = StoredStatus.Deleting, Account = null, FarewellUntil = until, Registration = moved })
        {
            SendMails =
            [
                new OutboxMail
                {
                    Id = mailId,
                    Template = MailTemplate.DataDeleted,
                    RegistrationId = registration.Id,
                    CreatedAt = now,
                    DueAt = now,
                    GiveUpAt = until,
                },
            ],
        };
    }

    /// <summary>The person wants it now: the key goes first, so that nothing that is left can be read. The due row makes sure that the rest follows.</summary>
    public static VoucherChange EraseNow(Voucher voucher, DateTimeOffset now) => new(Wiped(voucher))
    {
        Due = [AccountDue.Deletion(voucher.Id, voucher.Registration!.AccountId, now, now)],
    };

    /// <summary>What brought a deletion about that somebody else had begun.</summary>
    public static DeletionReason ReasonOf(Registration registration, DueItem trigger) =>
        trigger.At < AccountDue.DeletionStart(registration.AccessUntil) ? DeletionReason.ByWish : DeletionReason.AtEnd;

    /// <summary>Whether the farewell mail is still to be waited for.</summary>
    public static bool WaitsForFarewell(Voucher voucher, bool isMailWaiting, DateTimeOffset now) =>
        isMailWaiting && now < voucher.FarewellUntil;

    public static bool IsWiped(Voucher voucher) => voucher is { Status: StoredStatus.Deleting, Registration.WrappedKey.Length: 0 };

    public static Voucher Wiped(Voucher voucher) => voucher with
    {
        Status = StoredStatus.Deleting,
        Account = null,
        FarewellUntil = null,
        Registration = voucher.Registration! with { WrappedKey = [], SealedName = [], SealedEmail = [], MailsAskedAt = [] },
    };
}
