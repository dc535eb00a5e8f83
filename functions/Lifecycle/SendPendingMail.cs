using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Mail;

namespace VoucherFunctions.Lifecycle;

/// <summary>Sends mails that could not be sent at once. When the mail service is down, one mail finds out and the others wait for the next run.</summary>
public sealed class SendPendingMail(Sweep sweep, OutboxDelivery outbox, SharedMailBudget budget) : ITimerJob
{
    [Function(nameof(SendPendingMail))]
    public async Task<SweepReport> RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        try
        {
            var report = await sweep.RunAsync(DueKind.Mail, SettleAsync, cancellation);
            budget.ReportWaiting(report.Due - report.Done);
            return report;
        }
        catch (IncompleteRunException incomplete)
        {
            budget.ReportWaiting(incomplete.Report.Due - incomplete.Report.Done);
            throw;
        }
    }

    private async Task<SweepOutcome> SettleAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation) =>
        await outbox.DeliverAsync(item.Voucher, MailDue.MailOf(item), item, cancellation) switch
        {
            DeliveryOutcome.Sent or DeliveryOutcome.Dropped => SweepOutcome.SettledAndRemoved,
            DeliveryOutcome.ServiceDown => SweepOutcome.Stop,
            _ => SweepOutcome.Kept,
        };
}
