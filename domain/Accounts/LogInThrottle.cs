namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// Log-ins an address: 5 wrong ones are free, then 1, 2, 4, 8, 15, 15 … minutes apart. Counters start anew at midnight UTC, for known and unknown addresses alike.
/// Of clocks that are apart the one ahead counts: waits can be as much shorter or longer as they are apart, and an account's count is not begun anew twice.
/// </summary>
public static class LogInThrottle
{
    private const int Free = 5;
    private const int LongestMinutes = 15;

    /// <summary>Null when one more attempt may be evaluated now.</summary>
    public static Refusal? Check(Attempts attempts, DateTimeOffset now)
    {
        var today = Today(attempts, now);
        if (today.Count < Free)
        {
            return null;
        }
        var minutes = Math.Min(LongestMinutes, 1 << Math.Min(today.Count - Free, 4));
        var next = today.LastAt!.Value.AddMinutes(minutes);
        return next <= now ? null : Problems.TooManyAttempts with { RetryAfter = next - now };
    }

    /// <summary>The attempts that count now; also those that another process, where it is past midnight already, has counted anew.</summary>
    public static Attempts Today(Attempts attempts, DateTimeOffset now) =>
        attempts.LastAt is { } last && last <= now + Instants.ClocksApart && last.UtcDateTime.Date >= now.UtcDateTime.Date ? attempts : new Attempts(0, null);

    public static Account Count(Account account, DateTimeOffset now)
    {
        var counted = Today(new Attempts(account.FailedLogIns, account.LastFailedLogInAt), now).OneMore(now);
        return account with { FailedLogIns = counted.Count, LastFailedLogInAt = counted.LastAt };
    }

    public static Refusal? Check(Account account, DateTimeOffset now) =>
        Check(new Attempts(account.FailedLogIns, account.LastFailedLogInAt), now);

    public static Account Forget(Account account) => account with { FailedLogIns = 0, LastFailedLogInAt = null };
}
