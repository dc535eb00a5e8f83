using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Mail;

/// <summary>Sends the last mail to somebody who had everything erased. It is not stored, so it has no lease and no due row.</summary>
public sealed class AccountDeletedDelivery(MailRenderer renderer, PacedMailSender sender, VoucherMetrics metrics, TimeProvider clock)
{
    /// <summary>One attempt; the outcome says whether another makes sense.</summary>
    public async Task<MailOutcome> SendAsync(AccountDeletedMail farewell, bool isRepeated, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (sender.IsPaused(now) || !await sender.MaySendAsync(MailTemplate.DataDeleted, now, cancellation))
        {
            metrics.MailWaits(MailTemplate.DataDeleted, now - farewell.CreatedAt);
            return new MailOutcome.Unavailable("paused");
        }
        using var span = Spans.Mail(MailTemplate.DataDeleted, isRepeated ? 2 : 1, farewell.TraceParent);
        var outgoing = new OutgoingMail(farewell.Id, farewell.Person.Email.Value, renderer.Render(farewell, now)) { MayHaveBeenSent = isRepeated };
        return await sender.SendAsync(outgoing, MailTemplate.DataDeleted, farewell.CreatedAt, cancellation);
    }
}
