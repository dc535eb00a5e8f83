using Azure.Data.Tables;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Storage;

/// <summary>What is counted, by whom; the key is a hash that is used for nothing else.</summary>
public sealed record ThrottleKey(string Window, string Row);

/// <summary>
/// Table <c>throttle</c>: counters of attempts that belong to no account. The partition is <c>kind-window</c>, so that past windows are one key range.
/// </summary>
public sealed class ThrottleStore(StorageTables tables, TimeProvider clock)
{
    /// <summary>Wrong codes by network address; log-ins and reset requests for addresses that have no account.</summary>
    public const string Code = "code";
    public const string LogIn = "login";
    public const string Reset = "reset";
    private static readonly string[] Kinds = [Code, LogIn, Reset];
    private static readonly TimeSpan LongestRemoval = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Counts one more attempt if the rule (attempts so far → refusal or null) allows it: atomically, so that parallel attempts cannot
    /// slip through together.
    /// </summary>
    public async Task<Refusal?> CountAsync(ThrottleKey key, DateTimeOffset now, Func<Attempts, Refusal?> rule, CancellationToken cancellation)
    {
        Refusal? refusal = null;
        await tables.Throttle.ChangeAsync(key.Window, key.Row, stored =>
        {
            var attempts = new Attempts(stored?.GetInt32("Count") ?? 0, stored?.GetDateTimeOffset("LastAt"));
            refusal = rule(attempts);
            var more = attempts.OneMore(now);
            return refusal is null ? new TableEntity(key.Window, key.Row) { ["Count"] = more.Count, ["LastAt"] = more.LastAt } : null;
        }, cancellation);
        return refusal;
    }

    /// <summary>A read that takes as long as one that finds something.</summary>
    public Task ImitateReadAsync(ThrottleKey key, CancellationToken cancellation) =>
        tables.Throttle.FindAsync(key.Window, key.Row, cancellation);

    /// <summary>Writes two marks that nobody reads, to take as long as a due row and a commit.</summary>
    public async Task ImitateChangeAsync(ThrottleKey key, CancellationToken cancellation)
    {
        foreach (var row in (string[])[key.Row, $"{key.Row}-commit"])
        {
            // When it is there already, it took as long.
            await tables.Throttle.TryAddAsync(new TableEntity(key.Window, row), cancellation);
        }
    }

    public static string DayWindow(string kind, DateTimeOffset now) => $"{kind}-{now.ToDayKey()}";

    public static string MinuteWindow(string kind, DateTimeOffset now) => $"{kind}-{now.ToMinuteKey()}";

    public static TimeSpan LeftOfMinute(DateTimeOffset now) => TimeSpan.FromTicks(TimeSpan.TicksPerMinute - now.UtcTicks % TimeSpan.TicksPerMinute);

    /// <summary>Removes the counters from before yesterday, a partition at a time, for a limited time; what is left waits for the next run.</summary>
    public async Task RemovePastAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        using var limit = new TimeBox(LongestRemoval, clock, cancellation);
        try
        {
            foreach (var kind in Kinds)
            {
                var batch = new TableBatch("");
                await foreach (var entity in tables.Throttle.PartitionsAsync($"{kind}-", DayWindow(kind, now.AddDays(-1)), limit.Token))
                {
                    if (batch.Partition != entity.PartitionKey || batch.IsFull)
                    {
                        await RemoveAsync(batch, limit.Token);
                        batch = new TableBatch(entity.PartitionKey);
                    }
                    batch.Delete(entity.RowKey, entity.ETag);
                }
                await RemoveAsync(batch, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is over; nothing hurries here.
        }
    }

    private async Task RemoveAsync(TableBatch batch, CancellationToken cancellation)
    {
        if (batch.Actions.Count > 0)
        {
            // After a conflict another run has removed some of them; the next one finds the rest.
            await tables.Throttle.TryCommitAsync(batch, cancellation);
        }
    }
}
