using System.Collections.Immutable;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>What will be due in the life of an account: reminders, the end, the deletion.</summary>
public static class AccountDue
{
    /// <summary>Days before the end on which a reminder is sent, the earliest first.</summary>
    public static readonly ImmutableArray<int> ReminderDays = [14, 3, 0];

    private static readonly TimeSpan FirstReminder = TimeSpan.FromHours(6);
    private static readonly TimeSpan ReminderHours = TimeSpan.FromHours(12);
    private static readonly TimeSpan LastDayReminderHours = TimeSpan.FromHours(6);

    /// <summary>Deletion starts this long before its deadline, so that a week of trouble does not break the promise.</summary>
    public static readonly TimeSpan DeletionMargin = TimeSpan.FromDays(7);

    /// <summary>
    /// How long after the lapse an activation's claim is looked at once more: by then one that began at the last moment, by a clock that is behind, is too old to
    /// be under way.
    /// </summary>
    public static readonly TimeSpan ClaimCheckAfter = DueItem.OrphanGrace + TimeSpan.FromMinutes(5);

    /// <summary>The tag is the account's: what a lost activation of the same voucher left behind can be removed without touching these.</summary>
    public static ImmutableArray<DueItem> All(VoucherId voucher, string accountId, DateTimeOffset accessUntil, DateTimeOffset now) =>
    [
        .. ReminderDays.Select(days => new DueItem(DueKind.Remind, ReminderAt(voucher, accessUntil, days), voucher, accountId) { CreatedAt = now }),
        new DueItem(DueKind.Lock, accessUntil, voucher, accountId) { CreatedAt = now },
        Deletion(voucher, accountId, DeletionStart(accessUntil), now),
    ];

    /// <summary>
    /// Between 06:00 and 18:00 in Switzerland, on the last day before noon. Each shard of the due table has its own time, so that the reminders of one day are spread
    /// and do not delay activation mails (docs/decisions/0020-mail-budget.md).
    /// </summary>
    public static DateTimeOffset ReminderAt(VoucherId voucher, DateTimeOffset accessUntil, int daysLeft)
    {
        var hours = daysLeft == 0 ? LastDayReminderHours : ReminderHours;
        return AccessPeriod.OnDayWithDaysLeft(accessUntil, daysLeft, FirstReminder + (hours * DueItem.ShardNumber(voucher) / DueItem.Shards.Count));
    }

    public static DateTimeOffset DeletionStart(DateTimeOffset accessUntil) => AccessPeriod.DeletedAtLatest(accessUntil) - DeletionMargin;

    /// <summary>A deletion at any instant: at the end of the account's life, or now when the person wants it.</summary>
    public static DueItem Deletion(VoucherId voucher, string accountId, DateTimeOffset at, DateTimeOffset now) =>
        new(DueKind.Delete, at, voucher, accountId) { CreatedAt = now, AccountId = accountId };

    /// <summary>
    /// A second look after the lapse, written by an activation: its claim may have come after the first one, and its process have died before the commit.
    /// </summary>
    public static DueItem ClaimCheck(VoucherId voucher, Registration registration, DateTimeOffset now) =>
        RegistrationRules.LapseOf(voucher, registration, now) with { At = registration.PendingUntil + ClaimCheckAfter };

    /// <summary>The instants at which a registration can have lapse rows.</summary>
    public static ImmutableArray<DateTimeOffset> LapseTimes(Registration registration) =>
        [registration.PendingUntil, registration.PendingUntil + ClaimCheckAfter];
}
