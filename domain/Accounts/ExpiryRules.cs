using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>What happens around the end of the access, as pure decisions. The answer is whether the item is settled.</summary>
public static class ExpiryRules
{
    /// <summary>The end stays worth telling for a while, and no longer.</summary>
    private static readonly TimeSpan ClosedNotice = TimeSpan.FromDays(7);

    public static Decision<bool> Remind(VoucherSnapshot? read, Guid mailId, DateTimeOffset now)
    {
        if (read?.Voucher is not { Account: { } account, Registration: { } registration } voucher || voucher.StatusAt(now) != VoucherStatus.Active)
        {
            return new Decision<bool>(false);
        }
        var daysLeft = AccessPeriod.DaysLeft(registration.AccessUntil, now);
        var reached = AccountDue.ReminderDays.Where(days => daysLeft <= days).DefaultIfEmpty(int.MaxValue).Min();
        if (reached >= (account.RemindedDaysBefore ?? int.MaxValue))
        {
            return new Decision<bool>(true);
        }
        return new Decision<bool>(true, new VoucherChange(voucher with { Account = account with { RemindedDaysBefore = reached } })
        {
            SendMails = [Notice(MailTemplate.ExpiryReminder, registration, mailId, now, registration.AccessUntil)],
        });
    }

    public static Decision<bool> Close(VoucherSnapshot? read, Guid mailId, DateTimeOffset now)
    {
        if (read?.Voucher is not { Account: { } account, Registration: { } registration } voucher || voucher.StatusAt(now) != VoucherStatus.Locked)
        {
            return new Decision<bool>(false);
        }
        if (account.ClosedAt is not null || voucher.Status == StoredStatus.Superseded)
        {
            return new Decision<bool>(true);
        }
        return new Decision<bool>(true, new VoucherChange(voucher with { Account = account with { ClosedAt = now } })
        {
            // Who was at it when the access ended is told so by the next click, not asked to log in: these rows open nothing and go with the account.
            EndSessions = [.. read.Sessions.Where(session => session.IdleUntil < registration.AccessUntil)],
            SendMails = [Notice(MailTemplate.AccountClosed, registration, mailId, now, now + ClosedNotice)],
        });
    }

    private static OutboxMail Notice(MailTemplate template, Registration registration, Guid id, DateTimeOffset now, DateTimeOffset giveUpAt) => new()
    {
        Id = id,
        Template = template,
        RegistrationId = registration.Id,
        CreatedAt = now,
        DueAt = now,
        GiveUpAt = giveUpAt,
    };
}
