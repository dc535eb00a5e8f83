using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>Removes the sessions of accounts whose 90 days are over and sends the mail that says so. Access ends by the clock, without this timer.</summary>
public sealed class LockExpiredAccounts(Sweep sweep, VoucherTransaction transaction, NewMailId newMailId) : ITimerJob
{
    [Function(nameof(LockExpiredAccounts))]
    public Task<SweepReport> RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(DueKind.Lock, SettleAsync, cancellation);

    private async Task<SweepOutcome> SettleAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var mailId = newMailId();
        var answer = await transaction.ChangeAsync(item.Voucher, Reading.StateAndSessions, read => ExpiryRules.Close(read, mailId, now), cancellation);
        return SweptItems.ToOutcome(answer, item, now);
    }
}
