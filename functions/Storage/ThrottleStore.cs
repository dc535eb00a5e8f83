using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace VoucherFunctions.Storage;

/// <summary>What is counted, by whom; the key is a hash that is used for nothing else.</summary>
public sealed record ThrottleKey(string Window, string Row);

/// <summary>How often, and when last.</summary>
public sealed record Attempts(int Count, DateTimeOffset? LastAt);

/// <summary>
/// Table <c>throttle</c>: counters of attempts that belong to no account. The partition is <c>kind-window</c>, so that past windows are one key range.
/// </summary>
public sealed class ThrottleStore(StorageTables tables)
{
    /// <summary>
    /// Counts one more attempt if the rule (attempts so far → refusal or null) allows it: atomically, so that parallel attempts cannot
    /// slip through together.
    /// </summary>
    public async Task<Refusal?> CountAsync(ThrottleKey key, DateTimeOffset now, Func<Attempts, Refusal?> rule, CancellationToken cancellation)
    {
        while (true)
        {
            var entity = await tables.Throttle.FindAsync(key.Window, key.Row, cancellation);
            var attempts = new Attempts(entity?.GetInt32("Count") ?? 0, entity?.GetDateTimeOffset("LastAt"));
            if (rule(attempts) is { } refusal)
            {
                return refusal;
            }
            var counted = new TableEntity(key.Window, key.Row) { ["Count"] = attempts.Count + 1, ["LastAt"] = now };
            try
            {
                if (entity is null)
                {
                    await tables.Throttle.AddAsync(counted, cancellation);
                }
                else
                {
                    await tables.Throttle.ReplaceAsync(counted, entity.ETag, cancellation);
                }
                return null;
            }
            catch (RequestFailedException failure) when (failure.IsConflict())
            {
                // Somebody else counted; look again.
            }
        }
    }

    /// <summary>A read that takes as long as one that finds something.</summary>
    public Task ImitateReadAsync(ThrottleKey key, CancellationToken cancellation) =>
        tables.Throttle.FindAsync(key.Window, key.Row, cancellation);

    /// <summary>Writes two marks that nobody reads, to take as long as a due row and a commit.</summary>
    public async Task ImitateChangeAsync(ThrottleKey key, CancellationToken cancellation)
    {
        foreach (var row in (string[])[key.Row, $"{key.Row}-commit"])
        {
            try
            {
                await tables.Throttle.AddAsync(new TableEntity(key.Window, row), cancellation);
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                // There already: it took as long.
            }
        }
    }

    public static string DayWindow(string kind, DateTimeOffset now) =>
        $"{kind}-{now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    public static string MinuteWindow(string kind, DateTimeOffset now) =>
        $"{kind}-{now.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)}";

    /// <summary>Removes the counters of this kind from before yesterday; returns how many.</summary>
    public async Task<int> RemovePastAsync(string kind, DateTimeOffset now, CancellationToken cancellation)
    {
        var removed = 0;
        await foreach (var entity in tables.Throttle.PartitionsAsync($"{kind}-", DayWindow(kind, now.AddDays(-1)), cancellation))
        {
            await tables.Throttle.DeleteAsync(entity.PartitionKey, entity.RowKey, entity.ETag, cancellation);
            removed++;
        }
        return removed;
    }
}
