using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>At the end of the 90 days, which needs no timer to take effect: sessions not in use go and a mail says so.</summary>
public sealed class LockExpiredAccounts(Sweep sweep, VoucherTransaction transaction, NewMailId newMailId) : ITimerJob
{
    [Function(nameof(LockExpiredAccounts))]
    public Task<SweepReport> RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(DueKind.Lock, SettleAsync, cancellation);

    private async Task<Swept> SettleAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var mailId = newMailId();
        var answer = await transaction.ChangeAsync(item.Voucher, Reading.StateAndSessions, read => ExpiryRules.Close(read, mailId, now), cancellation);
        return SweptItems.ToSwept(answer, item, now);
    }
}
