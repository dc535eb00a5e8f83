using System.Globalization;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Issuers;

/// <summary>What offices may do, as pure decisions.</summary>
public static class IssuerRules
{
    /// <summary>Counts vouchers against the day's quota (UTC); <c>quota-exceeded</c> until midnight when there is not enough of it.</summary>
    public static Result<Issuer> Count(Issuer issuer, int count, DateTimeOffset now)
    {
        var day = now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var issued = issuer.IssuedOn(day) + count;
        return issued > issuer.DailyQuota
            ? new Refusal("quota-exceeded") { RetryAfter = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime }
            : issuer with { QuotaDay = day, IssuedThatDay = issued };
    }

    public static Voucher NewVoucher(VoucherId id, Batch batch) => new()
    {
        Id = id,
        Status = StoredStatus.Issued,
        IssuerId = batch.IssuerId,
        BatchId = batch.Id,
        IssuedAt = batch.CreatedAt,
        RedeemableUntil = batch.RedeemableUntil,
        Language = batch.Language,
    };

    /// <summary>A voucher that nobody has entered is revoked, once and for all; one whose registration has lapsed is such a voucher.</summary>
    public static Decision<bool> Revoke(VoucherSnapshot? read, string issuerId, DateTimeOffset now)
    {
        if (read?.Voucher is not { } voucher || voucher.IssuerId != issuerId)
        {
            return new Decision<bool>(new Refusal("voucher-unknown"));
        }
        return voucher.StatusAt(now) switch
        {
            VoucherStatus.Revoked => new Decision<bool>(true),
            VoucherStatus.Issued or VoucherStatus.Expired =>
                new Decision<bool>(true, new VoucherChange(voucher.Released() with { Status = StoredStatus.Revoked })),
            VoucherStatus.Pending => new Decision<bool>(new Refusal("voucher-pending").With("pendingUntil", voucher.Registration!.PendingUntil)),
            _ => new Decision<bool>(new Refusal("voucher-used")),
        };
    }
}
