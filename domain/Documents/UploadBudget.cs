using System.Globalization;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// What an account has uploaded today (UTC), whatever became of it. Twice what it may keep: room to fill it from nothing and to replace all of it on one day. It bounds what
/// uploading and deleting in turn can cost.
/// </summary>
public sealed record UploadBudget(int Count, long Bytes, DateTimeOffset? LastAt)
{
    public const int Most = 2 * DocumentRules.Most;
    public const long MostBytes = 2 * DocumentRules.MostBytes;
    public static readonly UploadBudget Unused = new(0, 0, null);

    /// <summary>With one more upload; until midnight <c>too-many-attempts</c> when that is more than a day's.</summary>
    public Result<UploadBudget> Add(long size, DateTimeOffset now)
    {
        var isToday = LastAt is { } last && last <= now + Instants.ClocksApart && last.UtcDateTime.Date >= now.UtcDateTime.Date;
        var (count, bytes) = isToday ? (Count + 1, Bytes + size) : (1, size);
        return count > Most || bytes > MostBytes
            ? Problems.TooManyAttempts with { RetryAfter = TimeSpan.FromDays(1) - now.UtcDateTime.TimeOfDay }
            : new UploadBudget(count, bytes, Instants.NotBefore(isToday ? LastAt : null, now));
    }

    /// <summary><c>count:bytes@ticks</c>; empty when nothing was uploaded.</summary>
    public string ToText() => LastAt is { } last ? string.Create(CultureInfo.InvariantCulture, $"{Count}:{Bytes}@{last.UtcTicks}") : "";

    /// <summary>Takes a stored value back.</summary>
    public static UploadBudget FromStored(string? text) => (text ?? "").Split(':', '@') is [var count, var bytes, var ticks]
        ? new UploadBudget(Number<int>(count), Number<long>(bytes), new DateTimeOffset(Number<long>(ticks), TimeSpan.Zero))
        : Unused;

    private static T Number<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
