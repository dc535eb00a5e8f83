using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Mail;

/// <summary>Every mail leaves here: within a time limit and the shared budget, not while the service has asked for a pause, and counted.</summary>
public sealed class PacedMailSender(IMailSender sender, SharedMailBudget budget, VoucherMetrics metrics, TimeProvider clock)
{
    private readonly MailPause _pause = new();

    /// <summary>The mail service has asked us to wait (Retry-After).</summary>
    public bool IsPaused(DateTimeOffset now) => _pause.IsOn(now);

    /// <summary>False when the budget has no more for this kind of mail now.</summary>
    public Task<bool> MaySendAsync(MailTemplate template, DateTimeOffset now, CancellationToken cancellation) =>
        budget.TryTakeAsync(MailLanes.Of(template), now, cancellation);

    public async Task<MailOutcome> SendAsync(OutgoingMail mail, MailTemplate template, DateTimeOffset createdAt, CancellationToken cancellation)
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
        using var limit = new TimeBox(MailRules.LongestSend, clock, cancellation);
        try
        {
            var outcome = await sender.SendAsync(mail, limit.Token);
            if (outcome is MailOutcome.Unavailable { RetryAfter: { } wait } unavailable)
            {
                var now = clock.GetUtcNow();
                _pause.Until(now + wait);
                await (unavailable.IsOverQuota ? budget.RefusedAsync(wait, now, cancellation) : Task.CompletedTask);
            }
            return outcome;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new MailOutcome.Unavailable("no answer in time");
        }
    }
}
