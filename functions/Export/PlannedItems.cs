using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Export;

/// <summary>What the timers have queued for an account: the rows that are there, not those that should be.</summary>
public sealed class PlannedItems(DueTable due)
{
    /// <summary>The earliest first.</summary>
    public async Task<IReadOnlyList<DueItem>> FindAsync(Voucher voucher, IReadOnlyList<OutboxMail> mails, CancellationToken cancellation)
    {
        var registration = voucher.Registration!;
        var items = new List<DueItem>();
        DueItem[] single =
        [
            .. AccountDue.All(voucher.Id, registration.AccountId, registration.AccessUntil, registration.EnteredAt),
            .. mails.Select(mail => MailDue.Of(voucher.Id, mail)),
        ];
        foreach (var item in single)
        {
            if (await due.FindAsync(item, cancellation) is { } stored)
            {
                items.Add(stored);
            }
        }
        foreach (var at in AccountDue.LapseTimes(registration))
        {
            items.AddRange(await due.OfAccountAsync(DueKind.Lapse, at, voucher.Id, registration.AccountId, cancellation));
        }
        // Whenever it was: there are only those of uploads and removals of the last hour, and their number is bounded by what goes on.
        await foreach (var item in due.AfterAsync(DueKind.Blob, DueItem.ShardOf(voucher.Id), null, cancellation))
        {
            if (item.Voucher == voucher.Id)
            {
                items.Add(item);
            }
        }
        return [.. items.OrderBy(item => item.At).ThenBy(item => item.Row, StringComparer.Ordinal)];
    }
}
