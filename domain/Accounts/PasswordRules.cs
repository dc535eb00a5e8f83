using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>Changing and resetting the password, as pure decisions.</summary>
public static class PasswordRules
{
    /// <summary>The life of a reset link.</summary>
    public static readonly TimeSpan ResetTime = TimeSpan.FromMinutes(60);

    /// <summary>A notice that the password was changed is of no use long after.</summary>
    private static readonly TimeSpan NoticeTime = TimeSpan.FromDays(3);

    /// <summary>After the right current password: the new one counts, all sessions end, and this person goes on in a new one.</summary>
    public static Decision<SignIn> Change(
        VoucherSnapshot? read, string verifiedHash, string hash, SessionSecret secret, Guid mailId, DateTimeOffset now)
    {
        if (read?.Voucher is not { Account: { } account, Registration: { } registration } voucher || account.PasswordHash != verifiedHash)
        {
            return new Decision<SignIn>(Problems.CredentialsWrong);
        }
        if (voucher.StatusAt(now) != VoucherStatus.Active)
        {
            return new Decision<SignIn>(SessionRules.Expired(registration));
        }
        var change = SetPassword(read, hash, mailId, now);
        var session = Session.Start(secret, change.Next.Account!, registration.AccessUntil, now);
        return new Decision<SignIn>(new SignIn(change.Next, secret), change with { StartSessions = [session] });
    }

    /// <summary>
    /// Prepares a link for a live account; for one whose access ended, a mail that says so. False, and no change, when there is no account or it is too soon for another
    /// mail. The answer to the person is always the same.
    /// </summary>
    public static Decision<bool> RequestReset(VoucherSnapshot? read, EmailHash email, string nonce, Guid mailId, DateTimeOffset now)
    {
        if (read?.Voucher is not { Account: { } account, Registration: { } registration } voucher
            || voucher.StatusAt(now) is not (VoucherStatus.Active or VoucherStatus.Locked)
            || !registration.EmailHash.Matches(email)
            || MailLimit.Check(account.ResetsAskedAt, now) is not null)
        {
            return new Decision<bool>(false);
        }
        var asked = account with { ResetsAskedAt = MailLimit.Count(account.ResetsAskedAt, now) };
        if (voucher.StatusAt(now) == VoucherStatus.Locked)
        {
            return new Decision<bool>(true, new VoucherChange(voucher with { Account = asked })
            {
                SendMails = [Mail(MailTemplate.ResetAfterEnd, registration, null, mailId, now, now + NoticeTime)],
            });
        }
        asked = asked with { ResetNonce = nonce, ResetUntil = now + ResetTime };
        return new Decision<bool>(true, new VoucherChange(voucher with { Account = asked })
        {
            SendMails = [Mail(MailTemplate.PasswordReset, registration, nonce, mailId, now, now + ResetTime)],
        });
    }

    /// <summary>Null when the link works now.</summary>
    public static Refusal? CheckResetLink(Voucher? voucher, LinkToken link, DateTimeOffset now)
    {
        var account = voucher?.Account;
        if (account?.UsedResetNonce == link.Nonce)
        {
            return Problems.ResetUsed;
        }
        return account?.ResetNonce == link.Nonce && now < account.ResetUntil && voucher!.StatusAt(now) == VoucherStatus.Active
            ? null
            : Problems.ResetExpired;
    }

    /// <summary>The end of the current link: its 60 minutes, or the end of the access if that comes first.</summary>
    public static DateTimeOffset ResetLinkEnd(Voucher voucher)
    {
        var (until, accessUntil) = (voucher.Account!.ResetUntil!.Value, voucher.Registration!.AccessUntil);
        return until < accessUntil ? until : accessUntil;
    }

    /// <summary>The new password counts; the link is used up, all sessions end, failed log-ins are forgotten, this browser is known from now on, a notice follows.</summary>
    public static Decision<bool> CompleteReset(VoucherSnapshot? read, LinkToken link, string hash, Device device, Guid mailId, DateTimeOffset now)
    {
        if (CheckResetLink(read?.Voucher, link, now) is { } refusal)
        {
            return new Decision<bool>(refusal);
        }
        var voucher = read!.Voucher;
        var forgiven = voucher with { Account = LogInThrottle.ForgetAll(LogInThrottle.Welcome(voucher.Account!, device)) };
        return new Decision<bool>(true, SetPassword(read with { Voucher = forgiven }, hash, mailId, now));
    }

    private static VoucherChange SetPassword(VoucherSnapshot read, string hash, Guid mailId, DateTimeOffset now)
    {
        var account = read.Voucher.Account!;
        var next = account with
        {
            PasswordHash = hash,
            SessionEpoch = account.SessionEpoch + 1,
            UsedResetNonce = account.ResetNonce ?? account.UsedResetNonce,
            ResetNonce = null,
            ResetUntil = null,
        };
        return new VoucherChange(read.Voucher with { Account = next })
        {
            EndSessions = read.Sessions,
            SendMails = [Mail(MailTemplate.PasswordChanged, read.Voucher.Registration!, null, mailId, now, now + NoticeTime)],
        };
    }

    private static OutboxMail Mail(
        MailTemplate template, Registration registration, string? nonce, Guid id, DateTimeOffset now, DateTimeOffset giveUpAt) => new()
        {
            Id = id,
            Template = template,
            RegistrationId = registration.Id,
            Nonce = nonce,
            CreatedAt = now,
            DueAt = now,
            GiveUpAt = giveUpAt,
        };
}
