using System.Globalization;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Lifecycle;

/// <summary>What one run of a timer did.</summary>
/// <param name="Due">Items that were due and looked at.</param>
/// <param name="Done">Items that are settled now.</param>
/// <param name="OldestOverdue">How long the oldest item that is left has been due; zero when none is.</param>
public sealed record SweepReport(int Due, int Done, TimeSpan OldestOverdue)
{
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"Due {Due}, done {Done}, oldest overdue {OldestOverdue:c}.");
}

/// <summary>A run of a timer in which an item failed. The others had their turn, and the report tells of all.</summary>
public sealed class IncompleteRunException(string message, SweepReport report, Exception failure) : Exception($"{message} {report.ToText()}", failure)
{
    public SweepReport Report => report;
}

/// <summary>What became of an item: settled (its row goes), kept for later, or kept while nothing more can be done in this run.</summary>
public enum SweepOutcome
{
    Settled,
    SettledAndRemoved,
    Kept,
    Stop,
}

public static class SweptItems
{
    /// <summary>An item that the state does not want may be of a change that is still under way: it goes when it is old enough.</summary>
    public static SweepOutcome ToOutcome(Result<bool> answer, DueItem item, DateTimeOffset now) =>
        (!answer.IsRefused(out _, out var settled) && settled) || item.IsOldOrphan(now) ? SweepOutcome.Settled : SweepOutcome.Kept;
}

/// <summary>
/// Goes through what is due of one kind, the shards in parallel, for 50 seconds at most. Safe to overlap and to repeat: an item says only
/// where to look.
/// </summary>
public sealed partial class Sweep(DueTable queue, VoucherMetrics metrics, TimeProvider clock, ILogger<Sweep> logger)
{
    private const int ShardsAtOnce = 4;

    public async Task<SweepReport> RunAsync(
        DueKind kind, Func<DueItem, DateTimeOffset, CancellationToken, Task<SweepOutcome>> settle, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        using var time = new TimeBox(ITimerJob.LongestRun, clock, cancellation);
        var progress = new Progress { OldestLeft = now };
        await Parallel.ForEachAsync(
            DueItem.Shards,
            Parallelism.AtMost(ShardsAtOnce, cancellation),
            async (shard, _) => await SweepShardAsync(kind, shard, now, settle, progress, time, cancellation));
        var report = progress.ToReport(now);
        metrics.Swept(kind.ToString(), report.Done, report.OldestOverdue);
        Log.Swept(logger, kind, report.Due, report.Done, report.OldestOverdue);
        return progress.Failure is null ? report : throw new IncompleteRunException($"{kind}: not every item could be settled.", report, progress.Failure);
    }

    private async Task SweepShardAsync(
        DueKind kind, string shard, DateTimeOffset now, Func<DueItem, DateTimeOffset, CancellationToken, Task<SweepOutcome>> settle, Progress progress, TimeBox time, CancellationToken cancellation)
    {
        await foreach (var item in queue.DueAsync(kind, shard, now, cancellation).Where(item => item.At <= now))
        {
            if (time.IsOver)
            {
                // Still due at the next run, and the report says since when: of every shard, begun or not, the first one that is left.
                progress.Leave(item);
                return;
            }
            progress.Count(item, progress.IsStopped ? SweepOutcome.Kept : await TrySettleAsync(item, now, settle, progress, cancellation));
        }
    }

    /// <summary>One item that fails must not keep the others from their turn: it stays due, and the run fails at its end.</summary>
    private async Task<SweepOutcome> TrySettleAsync(
        DueItem item, DateTimeOffset now, Func<DueItem, DateTimeOffset, CancellationToken, Task<SweepOutcome>> settle, Progress progress, CancellationToken cancellation)
    {
        try
        {
            var swept = await settle(item, now, cancellation);
            if (swept == SweepOutcome.Settled)
            {
                await queue.RemoveAsync(item, cancellation);
            }
            return swept;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Log.ItemFailed(logger, item.Kind, failure);
            progress.Failure = failure;
            return SweepOutcome.Kept;
        }
    }

    private sealed class Progress
    {
        private readonly Lock _lock = new();
        private int _due;
        private int _done;

        public required DateTimeOffset OldestLeft { get; set; }

        public Exception? Failure { get; set; }

        public bool IsStopped { get; private set; }

        public void Count(DueItem item, SweepOutcome swept)
        {
            lock (_lock)
            {
                _due++;
                if (swept is SweepOutcome.Settled or SweepOutcome.SettledAndRemoved)
                {
                    _done++;
                    return;
                }
                IsStopped |= swept == SweepOutcome.Stop;
                OldestLeft = Instants.Earlier(OldestLeft, item.At);
            }
        }

        /// <summary>For the next run.</summary>
        public void Leave(DueItem item)
        {
            lock (_lock)
            {
                OldestLeft = Instants.Earlier(OldestLeft, item.At);
            }
        }

        public SweepReport ToReport(DateTimeOffset now) => new(_due, _done, now - OldestLeft);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Kind}: due {Due}, done {Done}, oldest overdue {OldestOverdue}.")]
        public static partial void Swept(ILogger logger, DueKind kind, int due, int done, TimeSpan oldestOverdue);

        [LoggerMessage(2, LogLevel.Error, "{Kind}: an item failed and stays due.")]
        public static partial void ItemFailed(ILogger logger, DueKind kind, Exception failure);
    }
}
