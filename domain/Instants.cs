using System.Globalization;

namespace VoucherFunctions.Domain;

public static class Instants
{
    /// <summary>As far may the clocks of two processes be apart; nothing is promised beyond it.</summary>
    public static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(2);

    /// <summary>Whole milliseconds: what a link token carries, so that the stored end and the token's are the same instant.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>
    /// The later of now and a time that another process may have stored: its clock can be ahead, but what is further ahead than clocks can be is not believed.
    /// </summary>
    public static DateTimeOffset NotBefore(DateTimeOffset? stored, DateTimeOffset now) => stored > now && stored <= now + ClocksApart ? stored.Value : now;

    /// <summary>ISO 8601 in UTC, as in the JSON of the contract: <c>2026-11-22T10:00:00Z</c>, with fractions of a second only if there are any.</summary>
    public static string ToIso(this DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The same without seconds, for HTML: <c>2026-11-22T10:00Z</c>.</summary>
    public static string ToIsoMinutes(this DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>The UTC day in keys and counters: <c>20261122</c>.</summary>
    public static string ToDayKey(this DateTimeOffset instant) => ToKey(instant, "yyyyMMdd");

    /// <summary><c>202611221000</c></summary>
    public static string ToMinuteKey(this DateTimeOffset instant) => ToKey(instant, "yyyyMMddHHmm");

    /// <summary><c>20261122100000</c>, rounded down: a key is never later than its instant.</summary>
    public static string ToSecondKey(this DateTimeOffset instant) => ToKey(instant, "yyyyMMddHHmmss");

    private static string ToKey(DateTimeOffset instant, string format) => instant.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
