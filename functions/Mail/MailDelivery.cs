using VoucherFunctions.Accounts;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail.Texts;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Mail;

/// <summary>What happened to one mail.</summary>
public enum Delivered
{
    Sent,

    /// <summary>Nobody wants it any more, or it was given up: it is gone.</summary>
    Dropped,

    /// <summary>Somebody else has it, or it is not there (yet).</summary>
    NotOurs,

    /// <summary>The service does not take mail now.</summary>
    ServiceDown,
}

/// <summary>
/// Takes one mail of the outbox to the mail service (R8): lease the row, see that the state still wants it, send under an id that never
/// changes, delete the row, then its due row.
/// </summary>
public sealed partial class MailDelivery(
    VoucherStore vouchers,
    DueTable due,
    AddressClaims claims,
    Deletion deletion,
    IMailSender sender,
    AccountCipher cipher,
    HashingKeys keys,
    ServiceName service,
    SiteOrigin site,
    TimeProvider clock,
    ILogger<MailDelivery> logger)
{
    private readonly MailPause _pause = new();

    public async Task<Delivered> DeliverAsync(VoucherId id, Guid mailId, DueItem? item, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (read, mail) = await vouchers.FindWithMailAsync(id, mailId, cancellation);
        if (read is null || mail is null)
        {
            return await DropOrphanAsync(item, now, cancellation);
        }
        item ??= MailDue.Of(id, mail);
        if (mail.LeasedUntil > now)
        {
            return Delivered.NotOurs;
        }
        if (!MailRules.IsWanted(read.Voucher, mail, now))
        {
            return await DropAsync(read.Voucher, mail, item, now, cancellation);
        }
        if (_pause.IsOn(now))
        {
            return Delivered.ServiceDown;
        }
        var leased = await vouchers.TryReplaceAsync(
            id, mail with { Attempts = mail.Attempts + 1, LeasedUntil = now + MailRules.Lease }, cancellation);
        if (leased is null)
        {
            return Delivered.NotOurs;
        }
        var content = await RenderAsync(read.Voucher, leased, now, cancellation);
        var outgoing = new OutgoingMail(leased.Id, content.To, content.Content) { MayHaveBeenSent = leased.Attempts > 1 };
        return await sender.SendAsync(outgoing, cancellation) switch
        {
            MailOutcome.Accepted => await FinishAsync(read.Voucher, leased, item, now, cancellation),
            MailOutcome.Refused refused => await RefuseAsync(read.Voucher, leased, item, refused, cancellation),
            MailOutcome.Unavailable unavailable => await PostponeAsync(id, leased, item, unavailable, now, cancellation),
            _ => throw new InvalidOperationException("Unknown outcome."),
        };
    }

    /// <summary>The mail that is not stored: one attempt; the outcome says whether another makes sense.</summary>
    public Task<MailOutcome> SendAsync(Farewell farewell, bool isRepeated, CancellationToken cancellation)
    {
        var content = MailTexts.Render(MailTemplate.DataDeleted, farewell.Language, Facts(farewell.Person, clock.GetUtcNow()));
        return sender.SendAsync(
            new OutgoingMail(farewell.Id, farewell.Person.Email.Value, content) { MayHaveBeenSent = isRepeated }, cancellation);
    }

    private async Task<(string To, MailContent Content)> RenderAsync(Voucher voucher, OutboxMail mail, DateTimeOffset now, CancellationToken cancellation)
    {
        var registration = voucher.Registration!;
        var person = Person.Open(registration, cipher);
        var isActivation = mail.Template is MailTemplate.Activation or MailTemplate.AddressCorrected;
        var holder = isActivation ? await claims.FindLiveHolderAsync(voucher, now, cancellation) : null;
        var until = mail.Template == MailTemplate.PasswordReset ? mail.GiveUpAt : registration.PendingUntil;
        var purpose = mail.Template == MailTemplate.PasswordReset ? LinkPurpose.PasswordReset : LinkPurpose.Activation;
        var facts = Facts(person, mail.Template == MailTemplate.PasswordChanged ? mail.CreatedAt : now) with
        {
            Token = mail.Nonce is { } nonce && holder is null ? new LinkToken(purpose, voucher.Id, until, nonce).ToText(keys) : null,
            ActivateBefore = registration.PendingUntil,
            ResetBefore = mail.GiveUpAt,
            AccessUntil = (holder?.Registration ?? registration).AccessUntil,
            DeletedAtLatest = AccessPeriod.DeletedAtLatest(registration.AccessUntil),
        };
        var template = holder is null ? mail.Template : MailTemplate.AlreadyHasAccount;
        return (person.Email.Value, MailTexts.Render(template, registration.Language, facts));
    }

    private MailFacts Facts(Person person, DateTimeOffset now) => new()
    {
        ServiceName = service.Value,
        SiteOrigin = site.Uri,
        Name = person.Name.Value,
        Now = now,
    };

    private async Task<Delivered> DropOrphanAsync(DueItem? item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (item is null || !item.IsOldOrphan(now))
        {
            return Delivered.NotOurs;
        }
        await due.RemoveAsync(item, cancellation);
        return Delivered.Dropped;
    }

    private async Task<Delivered> DropAsync(Voucher voucher, OutboxMail mail, DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (now >= mail.GiveUpAt)
        {
            Log.GivenUp(logger, mail.Template, mail.Attempts);
        }
        await FinishAsync(voucher, mail, item, now, cancellation);
        return Delivered.Dropped;
    }

    private async Task<Delivered> RefuseAsync(
        Voucher voucher, OutboxMail mail, DueItem item, MailOutcome.Refused refused, CancellationToken cancellation)
    {
        Log.Refused(logger, mail.Template, refused.Reason);
        await FinishAsync(voucher, mail, item, clock.GetUtcNow(), cancellation);
        return Delivered.Dropped;
    }

    private async Task<Delivered> FinishAsync(Voucher voucher, OutboxMail mail, DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await vouchers.TryRemoveAsync(voucher.Id, mail, cancellation))
        {
            return Delivered.NotOurs;
        }
        await due.RemoveUnreadAsync(item, cancellation);
        if (mail.Template == MailTemplate.DataDeleted)
        {
            await deletion.FinishAfterFarewellAsync(voucher.Id, now, cancellation);
        }
        return Delivered.Sent;
    }

    private async Task<Delivered> PostponeAsync(
        VoucherId id, OutboxMail mail, DueItem item, MailOutcome.Unavailable unavailable, DateTimeOffset now, CancellationToken cancellation)
    {
        Log.Postponed(logger, mail.Template, mail.Attempts, unavailable.Reason);
        _pause.Until(now + unavailable.RetryAfter);
        var later = mail with { LeasedUntil = null, DueAt = MailRules.NextAttempt(mail.Attempts, unavailable.RetryAfter, now) };
        var laterItem = MailDue.Of(id, later);
        if (item.Version is null)
        {
            await due.AddAsync([laterItem], cancellation);
            await due.RemoveUnreadAsync(item, cancellation);
        }
        else
        {
            await due.PostponeAsync(item, laterItem, cancellation);
        }
        await vouchers.TryReplaceAsync(id, later, cancellation);
        return Delivered.ServiceDown;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A mail {Template} was not taken at attempt {Attempt}: {Reason}.")]
        public static partial void Postponed(ILogger logger, MailTemplate template, int attempt, string reason);

        [LoggerMessage(2, LogLevel.Error, "A mail {Template} was refused for good: {Reason}.")]
        public static partial void Refused(ILogger logger, MailTemplate template, string reason);

        [LoggerMessage(3, LogLevel.Error, "A mail {Template} was given up after {Attempts} attempts.")]
        public static partial void GivenUp(ILogger logger, MailTemplate template, int attempts);
    }
}
