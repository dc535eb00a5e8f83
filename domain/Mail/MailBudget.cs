namespace VoucherFunctions.Domain.Mail;

/// <summary>
/// What all instances together have taken of the quota, in the current minute and the current hour (UTC), and what the mail service has taught. The numbers of the
/// minute and the hour count from year 1.
/// </summary>
/// <param name="LearntPerMinute">The most that the service took in a minute in which it refused; null when it did not. The same for the hour.</param>
/// <param name="AwaitedWaitAt">When a mail that somebody waits for found nothing left: the others stand back until it has left.</param>
/// <param name="LearntUntil">A quota may be raised: what was learnt is forgotten then.</param>
public sealed record MailBudget(
    long Minute, int InMinute, long Hour, int InHour, DateTimeOffset? PausedUntil = null, int? LearntPerMinute = null, int? LearntPerHour = null, DateTimeOffset? LearntUntil = null, DateTimeOffset? AwaitedWaitAt = null)
{
    /// <summary>One part of so many is kept for mails that somebody waits for.</summary>
    private const int ReserveParts = 4;

    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StandBack = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public static MailBudget Unused { get; } = new(0, 0, 0, 0);

    /// <summary>As many of the wanted mails as may leave now, and the budget without them.</summary>
    public (int Taken, MailBudget Next) Take(MailQuota quota, MailLane lane, int wanted, DateTimeOffset now)
    {
        var current = At(now);
        if (now < current.PausedUntil || (lane == MailLane.Later && now < current.AwaitedWaitAt + StandBack))
        {
            return (0, current);
        }
        var left = Math.Min(
            Left(Least(quota.PerMinute, current.LearntPerMinute), current.InMinute, lane),
            Left(Least(quota.PerHour, current.LearntPerHour), current.InHour, lane));
        var taken = Math.Clamp(left, 0, wanted);
        var isShort = taken == 0 && lane == MailLane.Awaited;
        return (taken, current with { InMinute = current.InMinute + taken, InHour = current.InHour + taken, AwaitedWaitAt = isShort ? now : current.AwaitedWaitAt });
    }

    /// <summary>After a 429. A wait of more than a minute is for the hour's quota, a shorter one for the minute's.</summary>
    public MailBudget Refused(TimeSpan wait, DateTimeOffset now)
    {
        var current = At(now);
        var until = now + wait;
        var learnt = current with { PausedUntil = current.PausedUntil > until ? current.PausedUntil : until, LearntUntil = now + Remembered };
        return wait > OneMinute
            ? learnt with { LearntPerHour = Math.Max(1, current.InHour - 1) }
            : learnt with { LearntPerMinute = Math.Max(1, current.InMinute - 1) };
    }

    private MailBudget At(DateTimeOffset now)
    {
        var (minute, hour) = (now.UtcTicks / TimeSpan.TicksPerMinute, now.UtcTicks / TimeSpan.TicksPerHour);
        var current = now < LearntUntil ? this : this with { LearntPerMinute = null, LearntPerHour = null, LearntUntil = null };
        // A clock that is behind goes on counting in the newest minute.
        return current with
        {
            Minute = Math.Max(Minute, minute),
            InMinute = minute > Minute ? 0 : InMinute,
            Hour = Math.Max(Hour, hour),
            InHour = hour > Hour ? 0 : InHour,
        };
    }

    private static int Least(int quota, int? learnt) => quota == 0 ? learnt ?? 0 : Math.Min(quota, learnt ?? quota);

    private static int Left(int limit, int used, MailLane lane) =>
        limit == 0 ? int.MaxValue : limit - used - (lane == MailLane.Later ? (limit + ReserveParts - 1) / ReserveParts : 0);
}
