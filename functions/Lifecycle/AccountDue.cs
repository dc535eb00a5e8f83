using System.Collections.Immutable;
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

    private static readonly TimeSpan ClaimCheckAfter = TimeSpan.FromMinutes(5);

    /// <summary>The tag is the registration's: what a lost activation of the same voucher left behind can be removed without touching these.</summary>
    public static ImmutableArray<DueItem> All(VoucherId voucher, Registration registration, DateTimeOffset now) =>
    [
        .. ReminderDays.Select(days => new DueItem(
            DueKind.Remind, AccessPeriod.DayWithDaysLeft(registration.AccessUntil, days), voucher, registration.Id)
        {
            CreatedAt = now,
        }),
        new DueItem(DueKind.Lock, registration.AccessUntil, voucher, registration.Id) { CreatedAt = now },
        Deletion(voucher, registration, DeletionStart(registration.AccessUntil), now),
    ];

    public static DateTimeOffset DeletionStart(DateTimeOffset accessUntil) => AccessPeriod.DeletedAtLatest(accessUntil) - DeletionMargin;

    /// <summary>A deletion at any instant: at the end of the account's life, or now when the person wants it.</summary>
    public static DueItem Deletion(VoucherId voucher, Registration registration, DateTimeOffset at, DateTimeOffset now) =>
        new(DueKind.Delete, at, voucher, registration.Id)
        {
            CreatedAt = now,
            AccountId = registration.AccountId,
        };

    /// <summary>
    /// A look at the claim soon after an activation began, in case it died or lost between the claim and the commit. Short-lived, since it holds the hash of the address.
    /// </summary>
    public static DueItem ClaimCheck(VoucherId voucher, Registration registration, DateTimeOffset now) =>
        new(DueKind.Lapse, now + ClaimCheckAfter, voucher, $"{registration.ActivationNonce}-claim")
        {
            CreatedAt = now,
            EmailHash = registration.EmailHash,
        };
}
