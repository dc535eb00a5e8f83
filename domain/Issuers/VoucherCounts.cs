using System.Text.Json.Serialization;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Issuers;

/// <summary>How many vouchers are what. The parts make up <c>total</c>.</summary>
/// <param name="Issued">Never entered, and can be.</param>
/// <param name="Released">Entered, then given back by cancelling or by the clock; can be entered again.</param>
public sealed record VoucherCounts(int Total, int Issued, int Pending, int Active, int Locked, int Released, int Revoked, int Expired, int Deleted)
{
    public static VoucherCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Nothing of it can change any more, but for an expired voucher being revoked.</summary>
    [JsonIgnore]
    public bool IsFinal => Total == Revoked + Expired + Deleted;

    public static VoucherCounts operator +(VoucherCounts a, VoucherCounts b) => new(
        a.Total + b.Total,
        a.Issued + b.Issued,
        a.Pending + b.Pending,
        a.Active + b.Active,
        a.Locked + b.Locked,
        a.Released + b.Released,
        a.Revoked + b.Revoked,
        a.Expired + b.Expired,
        a.Deleted + b.Deleted);

    /// <summary>Null is a voucher whose account was deleted, and its state with it.</summary>
    public static VoucherCounts Of(IEnumerable<Voucher?> vouchers, DateTimeOffset now) => vouchers
        .Select(voucher => Of(voucher, now))
        .Aggregate(None, (sum, one) => sum + one);

    private static VoucherCounts Of(Voucher? voucher, DateTimeOffset now) => voucher?.StatusAt(now) switch
    {
        null or VoucherStatus.Deleted => None with { Total = 1, Deleted = 1 },
        VoucherStatus.Pending => None with { Total = 1, Pending = 1 },
        VoucherStatus.Active => None with { Total = 1, Active = 1 },
        VoucherStatus.Locked => None with { Total = 1, Locked = 1 },
        VoucherStatus.Revoked => None with { Total = 1, Revoked = 1 },
        VoucherStatus.Expired => None with { Total = 1, Expired = 1 },
        _ when voucher!.IsReleasedAt(now) => None with { Total = 1, Released = 1 },
        _ => None with { Total = 1, Issued = 1 },
    };
}

/// <summary>How many vouchers of an office are what, as administrators see it: numbers below 5 are missing, and whatever would give one away.</summary>
public sealed record SuppressedCounts(
    int? Total, int? Issued, int? Pending, int? Active, int? Locked, int? Released, int? Revoked, int? Expired, int? Deleted)
{
    private const int Parts = 8;

    /// <summary>The offices' rows in their order, and the sum of all.</summary>
    public static (IReadOnlyList<SuppressedCounts> Rows, SuppressedCounts Sum) Of(IEnumerable<VoucherCounts> offices)
    {
        var (rows, sum) = SmallCountSuppression.Of([.. offices.Select(PartsOf)], Parts);
        return ([.. rows.Select(Of)], Of(sum));
    }

    private static IReadOnlyList<int> PartsOf(VoucherCounts counts) =>
        [counts.Issued, counts.Pending, counts.Active, counts.Locked, counts.Released, counts.Revoked, counts.Expired, counts.Deleted];

    private static SuppressedCounts Of(ShownNumbers shown) => new(
        shown.Total, shown.Parts[0], shown.Parts[1], shown.Parts[2], shown.Parts[3], shown.Parts[4], shown.Parts[5], shown.Parts[6], shown.Parts[7]);
}
