using System.Collections.Immutable;

namespace VoucherFunctions.Domain.Mail;

/// <summary>How often a person may ask for a mail to one address: 60 seconds apart, 3 an hour.</summary>
public static class MailLimit
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private const int AnHour = 3;

    /// <summary>One voucher, whatever the address: enough for typing errors and a change of mind, too little to flood anybody.</summary>
    private const int AnHourOfVoucher = 10;

    /// <summary>Null when one more may be asked for now.</summary>
    public static Refusal? Check(ImmutableArray<DateTimeOffset> askedAt, DateTimeOffset now)
    {
        var recent = Recent(askedAt, now);
        var next = recent.IsEmpty ? now : recent[^1] + Apart;
        if (recent.Length >= AnHour && recent[^AnHour] + Hour > next)
        {
            next = recent[^AnHour] + Hour;
        }
        return next <= now ? null : TooSoon(next - now);
    }

    /// <summary>The looser limit over all addresses that were entered with one voucher.</summary>
    public static Refusal? CheckVoucher(ImmutableArray<DateTimeOffset> askedAt, DateTimeOffset now)
    {
        var recent = Recent(askedAt, now);
        return recent.Length < AnHourOfVoucher ? null : TooSoon(recent[^AnHourOfVoucher] + Hour - now);
    }

    /// <summary>The list with one more, without what no longer counts.</summary>
    public static ImmutableArray<DateTimeOffset> Count(ImmutableArray<DateTimeOffset> askedAt, DateTimeOffset now)
    {
        var recent = Recent(askedAt, now);
        return recent.Add(Instants.NotBefore(recent.IsEmpty ? null : recent[^1], now));
    }

    private static ImmutableArray<DateTimeOffset> Recent(ImmutableArray<DateTimeOffset> askedAt, DateTimeOffset now) => [.. askedAt.Where(at => at > now - Hour && at <= now + Instants.ClocksApart)];

    private static Refusal TooSoon(TimeSpan wait) => Problems.TooSoon with { RetryAfter = wait };
}
