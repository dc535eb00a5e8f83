using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Registrations;

/// <summary>
/// From the entered code to the activation mail, as pure decisions: state, command, instant → new state and mails, or a refusal.
/// </summary>
public static class RegistrationRules
{
    /// <summary>The life of the link, from the first registration; nothing extends it.</summary>
    public static readonly TimeSpan ActivationTime = TimeSpan.FromHours(24);

    /// <summary>What is wrong with a voucher that somebody wants to redeem; null when nothing is.</summary>
    public static Refusal? CheckRedeemable(Voucher? voucher, DateTimeOffset now) => voucher?.StatusAt(now) switch
    {
        VoucherStatus.Issued => null,
        VoucherStatus.Pending => Problems.VoucherPending.With("pendingUntil", voucher.Registration!.PendingUntil),
        VoucherStatus.Expired => Problems.VoucherExpired.With("expiredAt", voucher.RedeemableUntil),
        VoucherStatus.Revoked => Problems.VoucherRevoked,
        null => Problems.VoucherUnknown,
        _ => Problems.VoucherUsed,
    };

    /// <summary>Registers the candidate, or, for the same person again while pending, sends the same link once more if it is not too soon.</summary>
    public static Decision<Registration> Register(VoucherSnapshot? read, Registration candidate, Guid mailId, DateTimeOffset now)
    {
        if (read?.Voucher is { Registration: { } current } pending
            && pending.StatusAt(now) == VoucherStatus.Pending
            && current.EmailHash.Matches(candidate.EmailHash))
        {
            var again = SendLink(pending, MailTemplate.Activation, mailId, now);
            return new Decision<Registration>(current, again.Change);
        }
        if (CheckRedeemable(read?.Voucher, now) is { } refusal)
        {
            return new Decision<Registration>(refusal);
        }
        var voucher = read!.Voucher;
        if (CheckMail(voucher, candidate.EmailHash, now) is { } tooMany)
        {
            return new Decision<Registration>(tooMany);
        }
        return new Decision<Registration>(candidate, new VoucherChange(voucher with
        {
            Status = StoredStatus.Pending,
            Registration = candidate with { MailsAskedAt = [now] },
            Account = null,
            MailsAskedAt = MailLimit.Count(voucher.MailsAskedAt, now),
            MailedAddresses = AddressLimit.Count(voucher, candidate.EmailHash, now),
        })
        {
            SendMails = [LinkMail(candidate, MailTemplate.Activation, mailId, now)],
            Due = [LapseOf(voucher.Id, candidate, now)],
        });
    }

    /// <summary>The same link once more; it ends when it always did.</summary>
    public static Decision<Registration> Resend(VoucherSnapshot? read, string registrationId, Guid mailId, DateTimeOffset now) =>
        FindPending(read, registrationId, now) is { } voucher
            ? SendLink(voucher, MailTemplate.Activation, mailId, now)
            : new Decision<Registration>(Problems.RegistrationEnded);

    /// <summary>
    /// Another address and a new link; the old link is dead, the end stays. The first correction may follow at once; from then on mails are as far apart as
    /// any. The same address again is no correction; then <paramref name="withNewLink"/>, which gives the registration its address and a link of its own, is not asked.
    /// </summary>
    public static Decision<Registration> CorrectEmail(
        VoucherSnapshot? read,
        string registrationId,
        EmailHash email,
        Func<Registration, Registration> withNewLink,
        Guid mailId,
        DateTimeOffset now)
    {
        if (FindPending(read, registrationId, now) is not { } voucher)
        {
            return new Decision<Registration>(Problems.RegistrationEnded);
        }
        var current = voucher.Registration!;
        if (current.EmailHash.Matches(email))
        {
            return SendLink(voucher, MailTemplate.Activation, mailId, now);
        }
        var isFirst = current.MailsAskedAt.Length == 1;
        if ((isFirst ? null : MailLimit.Check(current.MailsAskedAt, now)) is { } tooSoon)
        {
            return new Decision<Registration>(tooSoon);
        }
        if (CheckMail(voucher, email, now) is { } tooMany)
        {
            return new Decision<Registration>(tooMany);
        }
        var corrected = withNewLink(current) with { MailsAskedAt = MailLimit.Count(current.MailsAskedAt, now) };
        return new Decision<Registration>(corrected, new VoucherChange(voucher with
        {
            Registration = corrected,
            MailsAskedAt = MailLimit.Count(voucher.MailsAskedAt, now),
            MailedAddresses = AddressLimit.Count(voucher, email, now),
        })
        {
            SendMails = [LinkMail(corrected, MailTemplate.AddressCorrected, mailId, now)],
            Due = [LapseOf(voucher.Id, corrected, now)],
        });
    }

    /// <summary>The voucher is free at once and the person's data are gone.</summary>
    public static Decision<Registration> Cancel(VoucherSnapshot? read, string registrationId, DateTimeOffset now) =>
        FindPending(read, registrationId, now) is { } voucher
            ? new Decision<Registration>(voucher.Registration!, new VoucherChange(voucher.Released()))
            : new Decision<Registration>(Problems.RegistrationEnded);

    /// <summary>What the timer does 24 hours after a registration that was not activated; null when there is nothing to do.</summary>
    public static VoucherChange? Lapse(Voucher voucher, DateTimeOffset now) =>
        voucher.Status == StoredStatus.Pending && voucher.StatusAt(now) != VoucherStatus.Pending ? new VoucherChange(voucher.Released()) : null;

    /// <summary>The due row of a registration; its tag tells the addresses of one registration apart.</summary>
    public static DueItem LapseOf(VoucherId voucher, Registration registration, DateTimeOffset now) =>
        new(DueKind.Lapse, registration.PendingUntil, voucher, registration.ActivationNonce)
        {
            CreatedAt = now,
            EmailHash = registration.EmailHash,
            AccountId = registration.AccountId,
            AccessUntil = registration.AccessUntil,
        };

    /// <summary>The limits of a voucher for mail to an address that may be new.</summary>
    private static Refusal? CheckMail(Voucher voucher, EmailHash email, DateTimeOffset now) =>
        MailLimit.CheckVoucher(voucher.MailsAskedAt, now) ?? AddressLimit.Check(voucher, email, now);

    private static Voucher? FindPending(VoucherSnapshot? read, string registrationId, DateTimeOffset now) =>
        read?.Voucher is { Registration: { } registration } voucher
        && registration.Id == registrationId
        && voucher.StatusAt(now) == VoucherStatus.Pending
            ? voucher
            : null;

    private static Decision<Registration> SendLink(Voucher voucher, MailTemplate template, Guid mailId, DateTimeOffset now)
    {
        var registration = voucher.Registration!;
        if ((MailLimit.Check(registration.MailsAskedAt, now) ?? MailLimit.CheckVoucher(voucher.MailsAskedAt, now)) is { } tooSoon)
        {
            return new Decision<Registration>(tooSoon);
        }
        var asked = registration with { MailsAskedAt = MailLimit.Count(registration.MailsAskedAt, now) };
        return new Decision<Registration>(asked, new VoucherChange(voucher with
        {
            Registration = asked,
            MailsAskedAt = MailLimit.Count(voucher.MailsAskedAt, now),
        })
        {
            SendMails = [LinkMail(asked, template, mailId, now)],
        });
    }

    private static OutboxMail LinkMail(Registration registration, MailTemplate template, Guid id, DateTimeOffset now) => new()
    {
        Id = id,
        Template = template,
        RegistrationId = registration.Id,
        Nonce = registration.ActivationNonce,
        CreatedAt = now,
        DueAt = now,
        GiveUpAt = registration.PendingUntil,
    };
}
