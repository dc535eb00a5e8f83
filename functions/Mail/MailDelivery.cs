using VoucherFunctions.Accounts;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail.Texts;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Mail;

/// <summary>What happened to one mail.</summary>
public enum Delivered
{
    Sent,

    /// <summary>Nobody wants it any more, or it was given up: it is gone.</summary>
    Dropped,

    /// <summary>Somebody else has it or has put it off, or it is not there (yet).</summary>
    NotOurs,

    /// <summary>This one mail is to be tried again later.</summary>
    Postponed,

    /// <summary>The service does not take mail now.</summary>
    ServiceDown,
}

/// <summary>
/// Takes one mail of the outbox to the mail service (docs/rules.md#r8): lease the row, see that the state still wants it, send under an id that never
/// changes, delete the row, then its due row.
/// </summary>
public sealed partial class MailDelivery(
    VoucherTable vouchers,
    DueTable due,
    AddressClaims claims,
    Deletion deletion,
    IMailSender sender,
    AccountCipher cipher,
    HashingKeys keys,
    ServiceName service,
    SiteOrigin site,
    VoucherMetrics metrics,
    TimeProvider clock,
    ILogger<MailDelivery> logger)
{
    private readonly MailPause _pause = new();

    public async Task<Delivered> DeliverAsync(VoucherId id, Guid mailId, DueItem? item, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await vouchers.FindMailAsync(id, mailId, cancellation) is not { } mail)
        {
            return await DropOrphanAsync(item, now, cancellation);
        }
        using var span = Spans.Mail(mail.Template, mail.Attempts + 1, mail.TraceParent);
        // Another sender has it, or has put it off before it was our turn.
        if (mail.LeasedUntil > now || mail.DueAt > now)
        {
            return Delivered.NotOurs;
        }
        item ??= MailDue.Of(id, mail);
        if (_pause.IsOn(now))
        {
            metrics.MailWaits(mail.Template, now - mail.CreatedAt);
            return Delivered.ServiceDown;
        }
        var leased = await vouchers.TryReplaceAsync(
            id, mail with { Attempts = mail.Attempts + 1, LeasedUntil = now + MailRules.Lease }, cancellation);
        if (leased is null)
        {
            return Delivered.NotOurs;
        }
        // The state is read after the row: then it is at least as new as the commit that wrote the row, and as the lease.
        var read = await vouchers.FindAsync(id, Reading.State, cancellation);
        if (read is null || !MailRules.IsWanted(read.Voucher, leased, now))
        {
            return await DropAsync(id, leased, item, now, cancellation);
        }
        var (to, content) = await RenderAsync(read.Voucher, leased, now, cancellation);
        var outgoing = new OutgoingMail(leased.Id, to, content) { MayHaveBeenSent = leased.Attempts > 1 };
        return await SendAsync(outgoing, leased.Template, leased.CreatedAt, cancellation) switch
        {
            // It is with the service: whoever stops us now must not make us send it again.
            MailOutcome.Accepted => await FinishAsync(id, leased, item, now, CancellationToken.None),
            MailOutcome.Refused refused => await RefuseAsync(id, leased, item, refused, now, CancellationToken.None),
            MailOutcome.Deferred deferred => await PostponeAsync(id, leased, item, deferred.Reason, null, cancellation),
            MailOutcome.Unavailable unavailable => await PauseAsync(id, leased, item, unavailable, cancellation),
            _ => throw new InvalidOperationException("Unknown outcome."),
        };
    }

    /// <summary>The mail that is not stored: one attempt; the outcome says whether another makes sense.</summary>
    public async Task<MailOutcome> SendAsync(Farewell farewell, bool isRepeated, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_pause.IsOn(now))
        {
            metrics.MailWaits(MailTemplate.DataDeleted, now - farewell.CreatedAt);
            return new MailOutcome.Unavailable("paused");
        }
        using var span = Spans.Mail(MailTemplate.DataDeleted, isRepeated ? 2 : 1, farewell.TraceParent);
        var content = MailTexts.Render(MailTemplate.DataDeleted, farewell.Language, Facts(farewell.Person, now) with { IsTest = farewell.IsTest });
        var outgoing = new OutgoingMail(farewell.Id, farewell.Person.Email.Value, content) { MayHaveBeenSent = isRepeated };
        return await SendAsync(outgoing, MailTemplate.DataDeleted, farewell.CreatedAt, cancellation);
    }

    private async Task<MailOutcome> SendAsync(OutgoingMail mail, MailTemplate template, DateTimeOffset createdAt, CancellationToken cancellation)
    {
        var outcome = await TrySendAsync(mail, cancellation);
        var now = clock.GetUtcNow();
        switch (outcome)
        {
            case MailOutcome.Accepted:
                metrics.MailAccepted(template, now - createdAt);
                Spans.MailEnded("accepted");
                break;
            case MailOutcome.Refused:
                metrics.MailRefused();
                Spans.MailEnded("refused");
                break;
            default:
                metrics.MailPostponed();
                Spans.MailEnded("postponed");
                metrics.MailWaits(template, now - createdAt);
                break;
        }
        return outcome;
    }

    /// <summary>Well within the lease: nobody else takes the mail while it is being sent.</summary>
    private async Task<MailOutcome> TrySendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(MailRules.LongestSend, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            var outcome = await sender.SendAsync(mail, limit.Token);
            _pause.Until(clock.GetUtcNow() + (outcome as MailOutcome.Unavailable)?.RetryAfter);
            return outcome;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new MailOutcome.Unavailable("no answer in time");
        }
    }

    private async Task<(string To, MailContent Content)> RenderAsync(Voucher voucher, OutboxMail mail, DateTimeOffset now, CancellationToken cancellation)
    {
        var registration = voucher.Registration!;
        var person = PersonSeals.Open(registration, cipher);
        var isActivation = mail.Template is MailTemplate.Activation or MailTemplate.AddressCorrected;
        var holder = isActivation ? await claims.FindLiveHolderAsync(voucher, now, cancellation) : null;
        var until = mail.Template == MailTemplate.PasswordReset ? mail.GiveUpAt : registration.PendingUntil;
        var purpose = mail.Template == MailTemplate.PasswordReset ? LinkPurpose.PasswordReset : LinkPurpose.Activation;
        var facts = Facts(person, mail.Template == MailTemplate.PasswordChanged ? mail.CreatedAt : now) with
        {
            Token = mail.Nonce is { } nonce && holder is null ? new LinkToken(purpose, voucher.Id, until, nonce).ToText(keys) : null,
            IsTest = voucher.IsTest,
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

    private async Task<Delivered> DropAsync(VoucherId id, OutboxMail mail, DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (now >= mail.GiveUpAt)
        {
            Log.GivenUp(logger, mail.Template, mail.Attempts);
            metrics.MailGivenUp();
        }
        await FinishAsync(id, mail, item, now, cancellation);
        return Delivered.Dropped;
    }

    private async Task<Delivered> RefuseAsync(
        VoucherId id, OutboxMail mail, DueItem item, MailOutcome.Refused refused, DateTimeOffset now, CancellationToken cancellation)
    {
        Log.Refused(logger, mail.Template, refused.Reason);
        await FinishAsync(id, mail, item, now, cancellation);
        return Delivered.Dropped;
    }

    private async Task<Delivered> FinishAsync(VoucherId id, OutboxMail mail, DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await vouchers.TryRemoveAsync(id, mail, cancellation))
        {
            return Delivered.NotOurs;
        }
        await due.RemoveUnreadAsync(item, cancellation);
        if (mail.Template == MailTemplate.DataDeleted)
        {
            await deletion.FinishAfterFarewellAsync(id, now, cancellation);
        }
        return Delivered.Sent;
    }

    private async Task<Delivered> PauseAsync(
        VoucherId id, OutboxMail mail, DueItem item, MailOutcome.Unavailable unavailable, CancellationToken cancellation)
    {
        await PostponeAsync(id, mail, item, unavailable.Reason, unavailable.RetryAfter, cancellation);
        return Delivered.ServiceDown;
    }

    private async Task<Delivered> PostponeAsync(
        VoucherId id, OutboxMail mail, DueItem item, string reason, TimeSpan? retryAfter, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        Log.Postponed(logger, mail.Template, mail.Attempts, reason);
        var later = mail with { LeasedUntil = null, DueAt = MailRules.NextAttempt(mail.Attempts, retryAfter, now) };
        var laterItem = MailDue.Of(id, later);
        if (item.Version is null)
        {
            await due.AddAsync([laterItem], cancellation);
            // The same row if the clock went back meanwhile: it stays.
            if (laterItem.Row != item.Row)
            {
                await due.RemoveUnreadAsync(item, cancellation);
            }
        }
        else
        {
            await due.PostponeAsync(item, laterItem, cancellation);
        }
        await vouchers.TryReplaceAsync(id, later, cancellation);
        return Delivered.Postponed;
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
