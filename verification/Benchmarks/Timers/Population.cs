using System.Diagnostics;
using System.Globalization;
using System.Net;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Timers;

/// <summary>An app whose tables hold so many accounts.</summary>
internal abstract class Population(TestApp app, ManyAccounts accounts, int count) : IAsyncDisposable
{
    public const string Time = "time";
    public const string TimeOutside = "time outside the tables";
    public const string Calls = "storage calls";
    public const string IdleTime = "time with nothing due";
    public const string IdleCalls = "storage calls with nothing due";
    private int _timerRounds;
    private int _scanRounds;

    public int Count => count;

    public string Timer => string.Create(CultureInfo.InvariantCulture, $"the timer, {count:#,0} accounts");

    public string Scan => string.Create(CultureInfo.InvariantCulture, $"filtered scan, {count:#,0} accounts");

    /// <summary>One run of the timer at the next round's time, and another one, for which nothing is left.</summary>
    public async Task<IReadOnlyList<Figure>> RunTimerAsync()
    {
        app.MoveTo(accounts.EndOf(_timerRounds++));
        GC.Collect();
        var before = TimeInTables;
        var (done, time, calls) = await RunOnceAsync();
        Figure[] outside = TimeInTables - before is { } inside ? [new Figure(TimeOutside, "ms", time - inside.TotalMilliseconds)] : [];
        Expect(done);
        var (_, idleTime, idleCalls) = await RunOnceAsync();
        return [new Figure(Time, "ms", time), .. outside, new Figure(Calls, "", calls), new Figure(IdleTime, "ms", idleTime), new Figure(IdleCalls, "", idleCalls)];
    }

    /// <summary>What finding the same accounts takes when they are looked for among all.</summary>
    public async Task<IReadOnlyList<Figure>> RunScanAsync()
    {
        var from = _scanRounds == 0 ? DateTimeOffset.UnixEpoch : accounts.EndOf(_scanRounds - 1);
        var to = accounts.EndOf(_scanRounds++);
        var started = Stopwatch.GetTimestamp();
        var (found, calls) = await ScanAsync(ManyAccounts.Text(from), ManyAccounts.Text(to));
        var time = Stopwatch.GetElapsedTime(started);
        Expect(found);
        return [new Figure(Time, "ms", time.TotalMilliseconds), new Figure(Calls, "", calls)];
    }

    public virtual ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>What was spent looking for rows and changing them so far; null where that is another process's.</summary>
    protected virtual TimeSpan? TimeInTables => null;

    /// <summary>Finds those whose access ended after the first instant and not after the second.</summary>
    protected abstract Task<(int Found, int Calls)> ScanAsync(string after, string until);

    private async Task<(int Done, double Time, int Calls)> RunOnceAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await app.Client.PostAsync($"/{nameof(LockExpiredAccounts)}", new { Data = new { }, Metadata = new { } });
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var calls = app.Calls.OfLastRequest.Count;
        await app.SettleAsync();
        return (answer.MustBe(HttpStatusCode.OK).Json["returnValue"]!["done"]!.GetValue<int>(), time, calls);
    }

    private static void Expect(int found)
    {
        if (found != ManyAccounts.DueEachRound)
        {
            throw new InvalidOperationException($"{found} accounts were due.");
        }
    }
}
