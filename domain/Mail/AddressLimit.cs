using System.Collections.Immutable;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Mail;

/// <summary>
/// To how many addresses one voucher may have mail sent: 3 in 24 hours. Enough for a wrong address and its correction. The count stays when a registration is cancelled.
/// </summary>
public static class AddressLimit
{
    private const int ADay = 3;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Null when mail to this address may be asked for now: it is a known one, or not yet the fourth.</summary>
    public static Refusal? Check(Voucher voucher, EmailHash email, DateTimeOffset now)
    {
        var recent = Recent(voucher, now);
        return recent.Length < ADay || recent.Any(mailed => mailed.Mark == MailedAddress.MarkOf(voucher.Id, email))
            ? null
            : Problems.TooSoon with { RetryAfter = recent[^ADay].At + Day - now };
    }

    /// <summary>The list with this address, without those of more than a day ago.</summary>
    public static ImmutableArray<MailedAddress> Count(Voucher voucher, EmailHash email, DateTimeOffset now)
    {
        var recent = Recent(voucher, now);
        var mark = MailedAddress.MarkOf(voucher.Id, email);
        return recent.Any(mailed => mailed.Mark == mark)
            ? recent
            : recent.Add(new MailedAddress(mark, Instants.NotBefore(recent.IsEmpty ? null : recent[^1].At, now)));
    }

    private static ImmutableArray<MailedAddress> Recent(Voucher voucher, DateTimeOffset now) =>
        [.. voucher.MailedAddresses.Where(mailed => mailed.At > now - Day && mailed.At <= now + Instants.ClocksApart)];
}
