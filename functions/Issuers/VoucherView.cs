using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Issuers;

/// <summary>What an office sees of a voucher: its fate, never whose it is.</summary>
/// <param name="ChangedAt">When the status became what it is: told within a batch, for who follows it. Of a deleted account nothing is told but that.</param>
/// <param name="Test">True for a test voucher, missing otherwise.</param>
public sealed record VoucherView(
    string Id, string Status, DateTimeOffset? IssuedAt, DateTimeOffset? EnteredAt, DateTimeOffset? AccessUntil, DateTimeOffset? ChangedAt, bool? Test)
{
    public static VoucherView Of(Voucher voucher, DateTimeOffset now)
    {
        var status = voucher.StatusAt(now);
        var registration = status is VoucherStatus.Pending or VoucherStatus.Active or VoucherStatus.Locked ? voucher.Registration : null;
        return new VoucherView(
            voucher.Id.Value,
            status.ToString().ToLowerInvariant(),
            voucher.IssuedAt,
            registration?.EnteredAt,
            status == VoucherStatus.Pending ? null : registration?.AccessUntil,
            status == VoucherStatus.Deleted ? null : voucher.ChangedAt(now),
            voucher.IsTest ? true : null);
    }

    /// <summary>The account is gone, and with it all that was known of the voucher.</summary>
    public static VoucherView Deleted(VoucherId id, bool isTest) => new(id.Value, "deleted", null, null, null, null, isTest ? true : null);
}
