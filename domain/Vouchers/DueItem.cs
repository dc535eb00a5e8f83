using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Domain.Vouchers;

public enum DueKind
{
    Lapse,
    Remind,
    Lock,
    Delete,
    Mail,
    Blob,
}

/// <summary>
/// "Look at this voucher at this instant." Written before the change that needs it and removed last (docs/rules.md#r4); what is to be done says
/// only the voucher's state. Carries what clean-up needs once that state is gone.
/// </summary>
public sealed record DueItem(DueKind Kind, DateTimeOffset At, VoucherId Voucher, string Tag)
{
    /// <summary>An item that the state does not want is kept so long: the change it was written for may still be under way.</summary>
    public static readonly TimeSpan OrphanGrace = TimeSpan.FromHours(1);

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which claims to look at.</summary>
    public EmailHash? EmailHash { get; init; }

    /// <summary>Whose documents to look at.</summary>
    public string? AccountId { get; init; }

    /// <summary>When the access of that account would end: what it has queued in advance follows from it.</summary>
    public DateTimeOffset? AccessUntil { get; init; }

    /// <summary>Whose addition it was when it was added while it was there, so that more than one may rely on it; null when it was not.</summary>
    public string? Renewal { get; init; }

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }

    /// <summary>All items of a voucher are in one partition, so that several can be written in one transaction.</summary>
    public string Shard => ShardOf(Voucher);

    /// <summary>Kind first, then time: a sweep reads one contiguous range, whose length is what is due.</summary>
    public string Row => RowPrefix(Kind, At, Voucher) + Tag;

    public static IReadOnlyList<string> Shards { get; } = [.. "0123456789abcdef".Select(c => c.ToString())];

    public static string ShardOf(VoucherId voucher) => Shards[ShardNumber(voucher)];

    public static int ShardNumber(VoucherId voucher) => voucher.ToBytes()[0] & 15;

    /// <summary>What the rows of one voucher that are due for one thing at one instant have in common.</summary>
    public static string RowPrefix(DueKind kind, DateTimeOffset at, VoucherId voucher) => $"{KindName(kind)}-{at.ToSecondKey()}-{voucher.Value}-";

    public static string KindName(DueKind kind) => kind switch
    {
        DueKind.Lapse => "lapse",
        DueKind.Remind => "remind",
        DueKind.Lock => "lock",
        DueKind.Delete => "delete",
        DueKind.Blob => "blob",
        _ => "mail",
    };

    public bool IsOldOrphan(DateTimeOffset now) => now - CreatedAt > OrphanGrace;
}
