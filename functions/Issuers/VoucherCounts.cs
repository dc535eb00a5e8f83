using System.Text.Json.Serialization;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Issuers;

/// <summary>How many vouchers are what. The parts make up <see cref="Total"/>.</summary>
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

/// <summary>
/// What administrators see of an office: a number below 5 is missing, so that no single person shows through. When only one is, the smallest of the others is
/// missing too: it could be computed from the total otherwise.
/// </summary>
public sealed record SuppressedCounts(
    int? Total, int? Issued, int? Pending, int? Active, int? Locked, int? Released, int? Revoked, int? Expired, int? Deleted)
{
    private const int Smallest = 5;

    public static SuppressedCounts Of(VoucherCounts counts)
    {
        int?[] parts =
        [
            .. new[] { counts.Issued, counts.Pending, counts.Active, counts.Locked, counts.Released, counts.Revoked, counts.Expired, counts.Deleted }
                .Select(count => count < Smallest ? null : (int?)count),
        ];
        if (parts.Count(count => count is null) == 1)
        {
            parts[Array.IndexOf(parts, parts.Min())] = null;
        }
        return Of([counts.Total < Smallest ? null : counts.Total, .. parts]);
    }

    /// <summary>The sum of rows that are shown with it: where a single row misses a number, the sum misses it too.</summary>
    public static SuppressedCounts OfSum(VoucherCounts sum, IReadOnlyList<SuppressedCounts> rows)
    {
        var numbers = Of(sum).Numbers;
        return Of([.. numbers.Select((number, column) => rows.Count(row => row.Numbers[column] is null) == 1 ? null : number)]);
    }

    private int?[] Numbers => [Total, Issued, Pending, Active, Locked, Released, Revoked, Expired, Deleted];

    private static SuppressedCounts Of(int?[] numbers) => new(
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8]);
}
