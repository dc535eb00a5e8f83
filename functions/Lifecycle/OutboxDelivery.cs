using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Mail;

namespace VoucherFunctions.Lifecycle;

/// <summary>Delivers a mail of the outbox. After the last mail of an account, its deletion goes on at once rather than with the next run of the timer.</summary>
public sealed class OutboxDelivery(MailDelivery delivery, Deletion deletion, TimeProvider clock)
{
    /// <param name="item">The mail's due row, if a timer read it.</param>
    public async Task<DeliveryOutcome> DeliverAsync(VoucherId voucher, Guid mail, DueItem? item, CancellationToken cancellation)
    {
        var (outcome, isLastOfAccount) = await delivery.DeliverAsync(voucher, mail, item, cancellation);
        if (isLastOfAccount)
        {
            await deletion.FinishAfterFarewellAsync(voucher, clock.GetUtcNow(), CancellationToken.None);
        }
        return outcome;
    }
}
