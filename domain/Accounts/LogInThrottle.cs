namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// Passwords of one count: 5 wrong ones are free, then 1, 2, 4, 8, 15, 15 … minutes apart. Counters start anew at midnight UTC, for known and unknown addresses alike.
/// Each browser that has logged in before and each session has a count of its own; all others share the account's, so that a stranger's guesses keep nobody out.
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

    /// <summary>The count of the device, if the account knows it; otherwise the one of all other browsers.</summary>
    public static Refusal? Check(Account account, Device? device, DateTimeOffset now) =>
        Check(Find(account, device)?.Attempts ?? account.LogIns, now);

    public static Account Count(Account account, Device? device, DateTimeOffset now) => Find(account, device) is { } known
        ? account with { Devices = account.Devices.Replace(known, known with { Attempts = OneMore(known.Attempts, now) }) }
        : account with { LogIns = OneMore(account.LogIns, now) };

    public static Session Count(Session session, DateTimeOffset now) => session with { Attempts = OneMore(session.Attempts, now) };

    /// <summary>
    /// After a success: the attempts of this browser are forgotten and those of others are not, and the account knows the browser from now on. The one that was used longest ago
    /// gives way when there would be more than five.
    /// </summary>
    public static Account Welcome(Account account, Device device)
    {
        var known = Find(account, device);
        KnownDevice[] devices = [new KnownDevice(device.Ids[0], Attempts.None), .. account.Devices.Where(other => other != known)];
        return account with
        {
            LogIns = known is null ? Attempts.None : account.LogIns,
            Devices = [.. devices.Take(KnownDevice.MostAtOnce)],
        };
    }

    /// <summary>After a reset: whatever was tried, it was another password.</summary>
    public static Account ForgetAll(Account account) => account with
    {
        LogIns = Attempts.None,
        Devices = [.. account.Devices.Select(device => device with { Attempts = Attempts.None })],
    };

    private static KnownDevice? Find(Account account, Device? device) => device is null ? null : account.Devices.FirstOrDefault(device.Is);

    private static Attempts OneMore(Attempts attempts, DateTimeOffset now) => Today(attempts, now).OneMore(now);
}
