using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;

namespace VoucherFunctions.Keys;

/// <summary>One run of <see cref="RewrapAccountKeys"/>: which shards are open, and what has become of them.</summary>
internal sealed class RewrapRun(CurrentKey promotion, KeyRecords records, DateTimeOffset now)
{
    private static readonly DueKind[] Kinds = [DueKind.Lapse, DueKind.Delete];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RewrapProgress> _shards = DueItem.Shards.ToDictionary(shard => shard, shard => Begin(shard, promotion, records, now));
    private int _due;
    private int _done;

    public DateTimeOffset Now => now;

    public Exception? Failure { get; set; }

    public IReadOnlyList<RewrapProgress> Open => [.. _shards.Values.Where(shard => !IsDone(shard))];

    public bool IsComplete => _shards.Values.All(IsDone);

    public void Add(RewrapProgress before, RewrapProgress? after)
    {
        lock (_lock)
        {
            if (after is not null)
            {
                _shards[after.Shard] = after;
                _done += after.Rewrapped - before.Rewrapped;
                _due += after.Rewrapped - before.Rewrapped + after.Failed - before.Failed;
            }
        }
    }

    public SweepReport ToReport() => new(_due, _done, IsComplete ? TimeSpan.Zero : now - promotion.Since - KeyRules.Grace);

    /// <summary>What is still to be looked at in a shard, in this order.</summary>
    public static IEnumerable<DueKind> KindsAfter(string? cursor) =>
        Kinds.SkipWhile(kind => cursor is not null && !cursor.StartsWith(DueItem.KindName(kind), StringComparison.Ordinal));

    public static RewrapProgress Count(RewrapProgress progress, DueItem item, bool? isRewrapped) => progress with
    {
        Cursor = item.Row,
        Checked = progress.Checked + 1,
        Rewrapped = progress.Rewrapped + (isRewrapped is true ? 1 : 0),
        Failed = progress.Failed + (isRewrapped is null ? 1 : 0),
    };

    /// <summary>A shard in which a key did not open is looked through again and again, until somebody has put the right key into the ring.</summary>
    private static RewrapProgress Begin(string shard, CurrentKey promotion, KeyRecords records, DateTimeOffset now)
    {
        var stored = records.Rewrap.FirstOrDefault(each => each.Shard == shard);
        return stored is not null && stored.IsFor(promotion) && (stored.CompletedAt is null || stored.Failed == 0)
            ? stored
            : new RewrapProgress(shard, promotion.Version, promotion.Since, now) { RowVersion = stored?.RowVersion };
    }

    private static bool IsDone(RewrapProgress shard) => shard is { CompletedAt: not null, Failed: 0 };
}
