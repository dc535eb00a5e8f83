using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Mail;

/// <summary>What becomes of a mail of the outbox, as pure decisions.</summary>
public static class MailRules
{
    public static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan CallsAround = TimeSpan.FromSeconds(80);

    /// <summary>How long a mail is left to whoever took it.</summary>
    public static TimeSpan Lease => CallsAround + LongestSend + Instants.ClocksApart;

    /// <summary>So many attempts a minute apart, so that nothing waits long after a short outage; then 2, 4, 8 … 60 minutes.</summary>
    private const int EveryMinute = 15;
    private const int LongestMinutes = 60;

    /// <summary>Whether the state still wants the mail: it is of this registration, its link is the valid one, and what it speaks of is not over.</summary>
    public static bool IsWanted(Voucher voucher, OutboxMail mail, DateTimeOffset now)
    {
        if (voucher.Registration is not { } registration || registration.Id != mail.RegistrationId || now >= mail.GiveUpAt)
        {
            return false;
        }
        var status = voucher.StatusAt(now);
        return mail.Template switch
        {
            MailTemplate.Activation or MailTemplate.AddressCorrected =>
                status == VoucherStatus.Pending && registration.ActivationNonce == mail.Nonce,
            MailTemplate.PasswordReset => status == VoucherStatus.Active && voucher.Account!.ResetNonce == mail.Nonce,
            MailTemplate.PasswordChanged or MailTemplate.ExpiryReminder => status == VoucherStatus.Active,
            MailTemplate.AccountClosed or MailTemplate.ResetAfterEnd => status == VoucherStatus.Locked,
            MailTemplate.DataDeleted => status == VoucherStatus.Deleted && registration.WrappedKey.Length > 0,
            _ => false,
        };
    }

    /// <summary>
    /// On a whole minute, when the timer runs: a mail that is due a moment after the timer's tick would wait for the next one. Never before the time that
    /// the service asked for.
    /// </summary>
    public static DateTimeOffset NextAttempt(int attempts, TimeSpan? retryAfter, DateTimeOffset now)
    {
        var minutes = attempts <= EveryMinute ? 1 : Math.Min(LongestMinutes, 1 << Math.Min(attempts - EveryMinute, 6));
        var next = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(minutes);
        return retryAfter is { } wait && now + wait > next ? now + wait : next;
    }
}
