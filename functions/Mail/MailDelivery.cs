using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Mail;

/// <summary>What happened to one mail.</summary>
public enum DeliveryOutcome
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

/// <param name="IsLastOfAccount">The account is being deleted, and this was the last mail that its data were kept for.</param>
public readonly record struct Delivery(DeliveryOutcome Outcome, bool IsLastOfAccount);

/// <summary>
/// Takes one mail of the outbox to the mail service (docs/rules.md#r8): lease the row, see that the state still wants it, send under an id that never
/// changes, delete the row, then its due row.
/// </summary>
public sealed partial class MailDelivery(
    VoucherTable vouchers,
    DueTable due,
    MailRenderer renderer,
    PacedMailSender sender,
    VoucherMetrics metrics,
    TimeProvider clock,
    ILogger<MailDelivery> logger)
{
    public async Task<Delivery> DeliverAsync(VoucherId id, Guid mailId, DueItem? item, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await vouchers.FindMailAsync(id, mailId, cancellation) is not { } mail)
        {
            return new Delivery(await DropOrphanAsync(item, now, cancellation), IsLastOfAccount: false);
        }
        using var span = Spans.Mail(mail.Template, mail.Attempts + 1, mail.TraceParent);
        var outcome = await DeliverAsync(id, mail, item, now, cancellation);
        return new Delivery(outcome, mail.Template == MailTemplate.DataDeleted && outcome is DeliveryOutcome.Sent or DeliveryOutcome.Dropped);
    }

    private async Task<DeliveryOutcome> DeliverAsync(VoucherId id, OutboxMail mail, DueItem? item, DateTimeOffset now, CancellationToken cancellation)
    {
        // Another sender has it, or has put it off before it was our turn.
        if (mail.LeasedUntil > now || mail.DueAt > now)
        {
            return DeliveryOutcome.NotOurs;
        }
        item ??= MailDue.Of(id, mail);
        if (await WaitAsync(mail, now, cancellation) is { } waits)
        {
            return waits;
        }
        var leased = await vouchers.TryReplaceAsync(
            id, mail with { Attempts = mail.Attempts + 1, LeasedUntil = now + MailRules.Lease }, cancellation);
        if (leased is null)
        {
            return DeliveryOutcome.NotOurs;
        }
        // The state is read after the row: then it is at least as new as the commit that wrote the row, and as the lease.
        var read = await vouchers.FindAsync(id, Reading.State, cancellation);
        if (read is null || !MailRules.IsWanted(read.Voucher, leased, now))
        {
            return await DropAsync(id, leased, item, now, cancellation);
        }
        var (to, content) = await renderer.RenderAsync(read.Voucher, leased, now, cancellation);
        var outgoing = new OutgoingMail(leased.Id, to, content) { MayHaveBeenSent = leased.Attempts > 1 };
        return await sender.SendAsync(outgoing, leased.Template, leased.CreatedAt, cancellation) switch
        {
            // The service accepted the mail: cancelling now must not cause a second send.
            MailOutcome.Accepted => await FinishAsync(id, leased, item, CancellationToken.None),
            MailOutcome.Refused refused => await RefuseAsync(id, leased, item, refused, CancellationToken.None),
            MailOutcome.Deferred deferred => await PostponeAsync(id, leased, item, deferred.Reason, null, cancellation),
            MailOutcome.Unavailable unavailable => await PauseAsync(id, leased, item, unavailable, cancellation),
            _ => throw new InvalidOperationException("Unknown outcome."),
        };
    }

    /// <summary>Null when the mail may leave now. A mail that can wait does not end the run: behind it may be one that somebody waits for.</summary>
    private async Task<DeliveryOutcome?> WaitAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellation)
    {
        var isPaused = sender.IsPaused(now);
        if (!isPaused && await sender.MaySendAsync(mail.Template, now, cancellation))
        {
            return null;
        }
        var isAwaited = MailLanes.Of(mail.Template) == MailLane.Awaited;
        if (isPaused || isAwaited)
        {
            metrics.MailWaits(mail.Template, now - mail.CreatedAt);
            return DeliveryOutcome.ServiceDown;
        }
        return DeliveryOutcome.NotOurs;
    }

    private async Task<DeliveryOutcome> DropOrphanAsync(DueItem? item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (item is null || !item.IsOldOrphan(now))
        {
            return DeliveryOutcome.NotOurs;
        }
        await due.RemoveAsync(item, cancellation);
        return DeliveryOutcome.Dropped;
    }

    private async Task<DeliveryOutcome> DropAsync(VoucherId id, OutboxMail mail, DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (now >= mail.GiveUpAt)
        {
            Log.GivenUp(logger, mail.Template, mail.Attempts);
            metrics.MailGivenUp();
        }
        await FinishAsync(id, mail, item, cancellation);
        return DeliveryOutcome.Dropped;
    }

    private async Task<DeliveryOutcome> RefuseAsync(
        VoucherId id, OutboxMail mail, DueItem item, MailOutcome.Refused refused, CancellationToken cancellation)
    {
        Log.Refused(logger, mail.Template, refused.Reason);
        await FinishAsync(id, mail, item, cancellation);
        return DeliveryOutcome.Dropped;
    }

    private async Task<DeliveryOutcome> FinishAsync(VoucherId id, OutboxMail mail, DueItem item, CancellationToken cancellation)
    {
        if (!await vouchers.TryRemoveAsync(id, mail, cancellation))
        {
            return DeliveryOutcome.NotOurs;
        }
        await due.RemoveUnreadAsync(item, cancellation);
        return DeliveryOutcome.Sent;
    }

    private async Task<DeliveryOutcome> PauseAsync(
        VoucherId id, OutboxMail mail, DueItem item, MailOutcome.Unavailable unavailable, CancellationToken cancellation)
    {
        await PostponeAsync(id, mail, item, unavailable.Reason, unavailable.RetryAfter, cancellation);
        return DeliveryOutcome.ServiceDown;
    }

    private async Task<DeliveryOutcome> PostponeAsync(
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
        return DeliveryOutcome.Postponed;
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
