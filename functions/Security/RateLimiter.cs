using VoucherFunctions.Domain;

namespace VoucherFunctions.Security;

/// <summary>At most so many a minute from one source, in the instance's memory; whole minutes of the given clock.</summary>
public sealed class RateLimiter(int perMinute, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];
    private long _minute;

    /// <summary>Counts one; a refusal when the minute's allowance is used up.</summary>
    public Refusal? Count(string source)
    {
        var now = clock.GetUtcNow();
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        lock (_lock)
        {
            if (_minute != minute)
            {
                _minute = minute;
                _counts.Clear();
            }
            var count = _counts[source] = _counts.GetValueOrDefault(source) + 1;
            return count <= perMinute
                ? null
                : Problems.TooManyAttempts with { RetryAfter = TimeSpan.FromTicks((minute + 1) * TimeSpan.TicksPerMinute - now.UtcTicks) };
        }
    }
}
