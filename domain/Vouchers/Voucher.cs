using System.Collections.Immutable;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;

namespace VoucherFunctions.Domain.Vouchers;

/// <summary>What is stored. What a voucher <i>is</i> at an instant says <see cref="Voucher.StatusAt"/>.</summary>
public enum StoredStatus
{
    Issued,
    Pending,
    Active,
    Superseded,
    Deleting,
    Revoked,
}

/// <summary>The status that issuers see and every request is judged by.</summary>
public enum VoucherStatus
{
    Issued,
    Pending,
    Active,
    Locked,
    Deleted,
    Revoked,
    Expired,
}

/// <summary>
/// The state of one voucher and, once it was redeemed, of the one account it leads to. Invariants: Issued and Revoked
/// have neither registration nor account; Pending has a registration and no account; Active and Superseded have both.
/// </summary>
public sealed record Voucher
{
    public required VoucherId Id { get; init; }

    public required StoredStatus Status { get; init; }

    public required string IssuerId { get; init; }

    public required string BatchId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset RedeemableUntil { get; init; }

    /// <summary>The language of the printed voucher.</summary>
    public required Language Language { get; init; }

    public Registration? Registration { get; init; }

    public Account? Account { get; init; }

    /// <summary>When activation mails were asked for in the last hour, oldest first: kept over a release, so that a voucher is no mail cannon.</summary>
    public ImmutableArray<DateTimeOffset> MailsAskedAt { get; init; } = [];

    /// <summary>To which addresses mail was asked for in the last 24 hours, oldest first: kept over a release as well.</summary>
    public ImmutableArray<MailedAddress> MailedAddresses { get; init; } = [];

    /// <summary>Issued with a test key: short-lived, told as such everywhere, in no statistics.</summary>
    public bool IsTest { get; init; }

    /// <summary>When a commit last changed the status as issuers see it; null when none did since the voucher was issued.</summary>
    public DateTimeOffset? StatusChangedAt { get; init; }

    /// <summary>While Deleting: until when the farewell mail may keep the address alive.</summary>
    public DateTimeOffset? FarewellUntil { get; init; }

    /// <summary>The ids of the last 8 operations: found here after a lost answer, an operation is known to have been applied (docs/rules.md#r6).</summary>
    public ImmutableArray<string> Operations { get; init; } = [];

    /// <summary>Judged from the stored instants alone; the timers only tidy up (docs/rules.md#r3).</summary>
    public VoucherStatus StatusAt(DateTimeOffset now) => Status switch
    {
        StoredStatus.Revoked => VoucherStatus.Revoked,
        StoredStatus.Deleting => VoucherStatus.Deleted,
        StoredStatus.Superseded => VoucherStatus.Locked,
        StoredStatus.Active => now < Registration!.AccessUntil ? VoucherStatus.Active : VoucherStatus.Locked,
        StoredStatus.Pending when now < Registration!.PendingUntil => VoucherStatus.Pending,
        _ => now < RedeemableUntil ? VoucherStatus.Issued : VoucherStatus.Expired,
    };

    /// <summary>When the status became what it is: by a commit, or by the clock alone.</summary>
    public DateTimeOffset ChangedAt(DateTimeOffset now) => LastChange(now) ?? IssuedAt;

    /// <summary>Redeemable again after a registration that came to nothing.</summary>
    public bool IsReleasedAt(DateTimeOffset now) => StatusAt(now) == VoucherStatus.Issued && LastChange(now) is not null;

    /// <summary>This state as committed at an instant in place of another: tidying up what the clock did already is no change.</summary>
    public Voucher CommittedAfter(Voucher previous, DateTimeOffset now) =>
        this with { StatusChangedAt = StatusAt(now) == previous.StatusAt(now) ? previous.LastChange(now) : now };

    /// <summary>Back to a voucher that nobody has entered: the person's data are gone.</summary>
    public Voucher Released() => this with { Status = StoredStatus.Issued, Registration = null, Account = null };

    private DateTimeOffset? LastChange(DateTimeOffset now)
    {
        DateTimeOffset?[] byClock = Status switch
        {
            StoredStatus.Pending when Registration!.PendingUntil > RedeemableUntil => [Registration.PendingUntil],
            StoredStatus.Pending => [Registration!.PendingUntil, RedeemableUntil],
            StoredStatus.Issued => [RedeemableUntil],
            StoredStatus.Active => [Registration!.AccessUntil],
            _ => [],
        };
        return byClock.Where(at => at <= now).Append(StatusChangedAt).Max();
    }
}
