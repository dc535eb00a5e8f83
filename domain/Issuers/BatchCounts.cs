namespace VoucherFunctions.Domain.Issuers;

/// <summary>The counts of one batch as they were at an instant.</summary>
public sealed record BatchCounts(string BatchId, VoucherCounts Counts, DateTimeOffset At)
{
    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }
}

/// <summary>An office's counts by the UTC day on which vouchers were issued, and in total.</summary>
/// <param name="At">The instant of the oldest part of the total; the days are of now.</param>
public sealed record IssuerCounts(IReadOnlyList<(DateOnly Day, VoucherCounts Counts)> Days, VoucherCounts Total, DateTimeOffset At);
