using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Issuers;

/// <summary>What offices may do, as pure decisions.</summary>
public static class IssuerRules
{
    /// <summary>A voucher is redeemable so long unless asked otherwise.</summary>
    private const int RedeemableYears = 1;

    /// <summary>A date beyond this is a typing error.</summary>
    private const int LongestYears = 5;

    /// <summary>Test vouchers disappear from use soon.</summary>
    private static readonly TimeSpan TestLife = TimeSpan.FromDays(7);

    public static DateTimeOffset RedeemableUntil(bool isTest, DateTimeOffset now) => isTest ? now + TestLife : now.AddYears(RedeemableYears);

    public static DateTimeOffset LatestRedeemableUntil(bool isTest, DateTimeOffset now) => isTest ? now + TestLife : now.AddYears(LongestYears);

    /// <summary>What a new batch takes of the day's quota; refused when its end is past or too far away, or the quota is used up.</summary>
    public static Result<Issuer> Begin(Issuer issuer, bool isTest, IssueCommand request, DateTimeOffset now)
    {
        var latest = LatestRedeemableUntil(isTest, now);
        return request.RedeemableUntil <= now || request.RedeemableUntil > latest
            ? Refusal.Invalid("redeemableUntil", "out-of-range")
            : Count(issuer, isTest, request.Count, now);
    }

    /// <summary>Counts vouchers against the day's quota (UTC); <c>quota-exceeded</c> until midnight when there is not enough of it.</summary>
    private static Result<Issuer> Count(Issuer issuer, bool isTest, int count, DateTimeOffset now)
    {
        // The next day, if another process has begun it whose clock is ahead: it is not begun anew.
        var date = issuer.QuotaDay == (now + Instants.ClocksApart).ToDayKey() ? now + Instants.ClocksApart : now;
        var day = date.ToDayKey();
        var counted = issuer with
        {
            QuotaDay = day,
            IssuedThatDay = issuer.IssuedOn(day) + (isTest ? 0 : count),
            TestIssuedThatDay = issuer.TestIssuedOn(day) + (isTest ? count : 0),
        };
        var isOver = isTest ? counted.TestIssuedThatDay > Issuer.TestQuota : counted.IssuedThatDay > issuer.DailyQuota;
        var reset = date.UtcDateTime.Date.AddDays(1);
        return isOver
            ? (Problems.QuotaExceeded with { RetryAfter = reset - now.UtcDateTime }).With("resetsAt", new DateTimeOffset(reset))
            : counted;
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
        IsTest = batch.IsTest,
    };

    /// <summary>A voucher that nobody has entered is revoked, once and for all; one whose registration has lapsed is such a voucher.</summary>
    public static Decision<bool> Revoke(VoucherSnapshot? read, KeyHolder holder, DateTimeOffset now)
    {
        if (read?.Voucher is not { } voucher || !holder.Owns(voucher.IssuerId, voucher.IsTest))
        {
            return new Decision<bool>(Problems.VoucherUnknown);
        }
        return voucher.StatusAt(now) switch
        {
            VoucherStatus.Revoked => new Decision<bool>(true),
            VoucherStatus.Issued or VoucherStatus.Expired =>
                new Decision<bool>(true, new VoucherChange(voucher.Released() with { Status = StoredStatus.Revoked })),
            VoucherStatus.Pending => new Decision<bool>(Problems.VoucherPending.With("pendingUntil", voucher.Registration!.PendingUntil)),
            _ => new Decision<bool>(Problems.VoucherUsed),
        };
    }
}
