using System.Collections.Immutable;
using System.Globalization;
using VoucherFunctions.Accounts;
using VoucherFunctions.Registrations;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Lifecycle;

/// <summary>What will be due in the life of an account: reminders, the end, the deletion.</summary>
public static class AccountDue
{
    /// <summary>Days before the end on which a reminder is sent, the earliest first.</summary>
    public static readonly ImmutableArray<int> ReminderDays = [14, 3, 0];

    /// <summary>Deletion starts this long before its deadline, so that a week of trouble does not break the promise.</summary>
    public static readonly TimeSpan DeletionMargin = TimeSpan.FromDays(7);

    public static ImmutableArray<DueItem> All(VoucherId voucher, Registration registration, DateTimeOffset now) =>
    [
        .. ReminderDays.Select(days => new DueItem(
            DueKind.Remind, AccessPeriod.DayWithDaysLeft(registration.AccessUntil, days), voucher, days.ToString(CultureInfo.InvariantCulture))
        {
            CreatedAt = now,
        }),
        new DueItem(DueKind.Lock, registration.AccessUntil, voucher, "end") { CreatedAt = now },
        Deletion(voucher, registration, DeletionStart(registration.AccessUntil), now),
    ];

    public static DateTimeOffset DeletionStart(DateTimeOffset accessUntil) => AccessPeriod.DeletedAtLatest(accessUntil) - DeletionMargin;

    /// <summary>A deletion at any instant: at the end of the account's life, or now when the person wants it.</summary>
    public static DueItem Deletion(VoucherId voucher, Registration registration, DateTimeOffset at, DateTimeOffset now) =>
        new(DueKind.Delete, at, voucher, registration.Id)
        {
            CreatedAt = now,
            EmailHash = registration.EmailHash,
            AccountId = registration.AccountId,
        };
}
