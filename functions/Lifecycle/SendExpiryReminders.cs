using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>Reminds people 14, 3 and 0 days before the end of their access to download their documents, spread over the hours of the day. After an interruption only the most urgent reminder is sent.</summary>
public sealed class SendExpiryReminders(Sweep sweep, VoucherTransaction transaction, NewMailId newMailId) : ITimerJob
{
    [Function(nameof(SendExpiryReminders))]
    public Task<SweepReport> RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(DueKind.Remind, SettleAsync, cancellation);

    private async Task<SweepOutcome> SettleAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var mailId = newMailId();
        var answer = await transaction.ChangeAsync(item.Voucher, Reading.State, read => ExpiryRules.Remind(read, mailId, now), cancellation);
        return SweptItems.ToOutcome(answer, item, now);
    }
}
