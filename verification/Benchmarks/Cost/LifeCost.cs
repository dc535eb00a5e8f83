using System.Globalization;
using Azure.Core;
using NCrontab;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Hosting;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Cost;

/// <summary>What one participant costs in storage calls and mails, counted; and what they would in a design with a call for each row and timers that scan.</summary>
internal static class LifeCost
{
    /// <summary>The whole time for which somebody's rows are kept, in days: the access, and the year after it less the week in which the deletion begins.</summary>
    private const int DaysKept = 90 + 365 - 7;
    private const int PageSize = 1000;
    private static readonly int[] Participants = [10_000, 1_000_000];

    /// <summary>Of the usual design: those that look for people whose time has come. Its mail would have a table of its own, which is not counted against it.</summary>
    private static readonly string[] Scanning =
        [nameof(RemoveUnactivatedRegistrations), nameof(LockExpiredAccounts), nameof(SendExpiryReminders), nameof(DeleteExpiredData)];

    public static async Task RunAsync(Report report, RunOptions options)
    {
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        var tally = new StorageTally();
        await using var app = await TestApp.StartAsync(azurite, setup =>
        {
            setup.Tables = tables => tables.AddPolicy(tally, HttpPipelinePosition.PerRetry);
            setup.Blobs = blobs => blobs.AddPolicy(tally, HttpPipelinePosition.PerRetry);
        });
        var life = new WholeLife(app, tally);
        await life.LiveAsync();

        var (calls, mails) = (life.Phases.Aggregate(default(Calls), (sum, phase) => sum + phase.Calls), life.Phases.Sum(phase => phase.Mails));
        report.Text("One participant's whole life through the real app, counted, retries of none; the mails' own calls are in the phase that causes them. *row by row* is the same life if each row that a query "
            + "returns or a transaction changes took a call of its own.");
        report.Table(["", "storage calls", "row by row", "mails"],
        [
            .. life.Phases.Select(phase => Row(phase.What, phase.Calls, phase.Mails)),
            Row("**together**", calls, mails),
        ]);
        Compare(report, life.IdleCalls, calls);
    }

    private static void Compare(Report report, Dictionary<TimerFunction, int> idleCalls, Calls life)
    {
        var own = idleCalls.Sum(timer => RunsADay(timer.Key) * timer.Value);
        var scans = idleCalls.Keys.Where(timer => Scanning.Contains(timer.Name)).Sum(RunsADay);
        report.Text(string.Create(CultureInfo.InvariantCulture, $"And the timers, which run whether or not anything is due. Here a day's runs make **{own:#,0}** calls (each timer's idle run counted, times its runs a day), however many "
            + $"participants there are. In the usual design the {Scanning.Length} of them that look for people go through all accounts, {scans:#,0} runs a day, {PageSize:#,0} rows a call. With N participants in the tables, each kept for "
            + $"{DaysKept} days, one participant costs"));
        report.Text(string.Create(CultureInfo.InvariantCulture, $"- here: {life.Made:#,0} + {DaysKept} × {own:#,0} ÷ N calls"));
        report.Text(string.Create(CultureInfo.InvariantCulture, $"- row by row with scans: {life.RowByRow:#,0} + {DaysKept} × {scans:#,0} × ⌈N ÷ {PageSize:#,0}⌉ ÷ N calls, and {DaysKept} × {scans:#,0} = {DaysKept * scans:#,0} times read by a scan"));
        report.Table(
            ["calls", .. Participants.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} participants"))],
            [
                ["a day for the timers, here", .. Participants.Select(_ => Numbers.Text(own))],
                ["a day for the timers, scanning", .. Participants.Select(count => Numbers.Text(ScansADay(scans, count)))],
                ["rows that these scans read a day", .. Participants.Select(count => Numbers.Text((double)scans * count))],
                ["one participant, all in, here", .. Participants.Select(count => Numbers.Text(Here(life, own, count)))],
                ["one participant, all in, row by row and scanning", .. Participants.Select(count => Numbers.Text(Usual(life, scans, count)))],
                ["the usual design, times this one", .. Participants.Select(count => Numbers.Text(Usual(life, scans, count) / Here(life, own, count)))],
            ]);
        report.Text(string.Create(CultureInfo.InvariantCulture, $"Up to some {own / scans * PageSize:#,0} participants the scans make fewer calls than the {own:#,0} a day here, which cost a few centimes a month (docs/cost.md) and read nothing; what they cost instead is the "
            + $"time of reading every account at every run."));
    }

    private static double ScansADay(int scans, int participants) => scans * Math.Ceiling(participants / (double)PageSize);

    private static double Here(Calls life, int own, int participants) => life.Made + (double)DaysKept * own / participants;

    private static double Usual(Calls life, int scans, int participants) => life.RowByRow + DaysKept * ScansADay(scans, participants) / participants;

    private static int RunsADay(TimerFunction timer)
    {
        var day = new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc);
        return CrontabSchedule.Parse(timer.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true }).GetNextOccurrences(day.AddSeconds(-1), day.AddDays(1)).Count();
    }

    private static IReadOnlyList<string> Row(string what, Calls calls, int mails) => [what, Numbers.Text(calls.Made), Numbers.Text(calls.RowByRow), Numbers.Text(mails)];
}
