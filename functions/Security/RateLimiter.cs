using System.Collections.Concurrent;

namespace VoucherFunctions.Security;

/// <summary>At most so many a minute from one source, in the instance's memory; whole minutes of the given clock.</summary>
public sealed class RateLimiter(int perMinute, TimeProvider clock)
{
    private ConcurrentDictionary<string, int> _counts = new();
    private long _minute;

    /// <summary>Counts one; a refusal when the minute's allowance is used up.</summary>
    public Refusal? Count(string source)
    {
        var now = clock.GetUtcNow();
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        if (Interlocked.Exchange(ref _minute, minute) != minute)
        {
            _counts = new();
        }
        return _counts.AddOrUpdate(source, 1, (_, count) => count + 1) > perMinute
            ? new Refusal("too-many-attempts") { RetryAfter = TimeSpan.FromTicks((minute + 1) * TimeSpan.TicksPerMinute - now.UtcTicks) }
            : null;
    }
}
