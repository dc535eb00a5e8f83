using System.Diagnostics;
using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks;

/// <summary>A batch in one call against as many bare inserts at the same concurrency; memory over many batches, and a thousand sheets in one answer, of the native binary.</summary>
internal static class Issuing
{
    /// <summary>As many as the app has under way (<c>Issuing.AddsAtOnce</c>).</summary>
    private const int AtOnce = 32;
    private const double MiB = 1024;
    private const string Raw = "bare inserts";
    private const string OneCall = "one call";

    public static async Task RunAsync(Report report, RunOptions options)
    {
        var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        var count = options.Count(1000, 100);
        await CompareAsync(report, options, azurite, count);
        await PrintAsync(report, options, azurite, count);
        await azurite.DisposeAsync();
    }

    private static async Task CompareAsync(Report report, RunOptions options, AzuriteFixture azurite, int count)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var calls = 0;
        var comparison = await Comparison.RunAsync(options.Rounds, [
            Contender.Of(Raw, "time", "ms", () => TimeAsync(() => AddRawAsync(app, count))),
            Contender.Of(OneCall, "time", "ms", () => TimeAsync(async () =>
            {
                Require(await office.IssueAsync(new { count }));
                calls = app.Calls.OfLastRequest.Count;
            })),
        ]);
        report.Text(string.Create(CultureInfo.InvariantCulture, $"{count:#,0} vouchers in one call beside {count:#,0} inserts of rows of the same size, {AtOnce} at once, both on Azurite:"));
        report.Ratios(comparison, "time", Raw);
        report.AtMost(1.5, "one call, times the bare inserts", comparison.Ratio(OneCall, Raw, "time").Median);
        report.AtMost(count + 10, "storage calls of it", calls);
    }

    private static async Task PrintAsync(Report report, RunOptions options, AzuriteFixture azurite, int count)
    {
        const int Settled = 5;
        var batches = options.Count(20, 6);
        await using var app = await NativeIssuing.StartAsync(azurite);
        var resident = new List<double>();
        for (var batch = 0; batch < Settled + batches; batch++)
        {
            Require(await app.IssueAsync(count, "application/json"));
            resident.Add(app.Memory("VmRSS") / MiB);
        }
        var times = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            times.Add(await TimeAsync(async () => Require(await app.IssueAsync(count, "application/pdf"))));
        }
        report.Text(string.Create(CultureInfo.InvariantCulture, $"The native binary, {batches} batches after {Settled} for warming up, then {options.Rounds} batches as PDF of {count:#,0} pages in the answer:"));
        report.Table(["", "MiB"], [
            ["resident after warming up", Numbers.Text(resident[Settled - 1])],
            [string.Create(CultureInfo.InvariantCulture, $"resident after {batches} batches more"), Numbers.Text(resident[^1])],
            ["at most, with the PDFs", Numbers.Text(app.Memory("VmHWM") / MiB)],
        ]);
        report.AtMost(1.25, "resident after the batches, times before them", resident[^1] / resident[Settled - 1]);
        report.AtMost(15_000, "PDF, ms (median)", new Spread(times).Median);
        report.AtMost(300, "at most, MiB", app.Memory("VmHWM") / MiB);
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var started = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Require(Answer answer)
    {
        if (answer.Status != HttpStatusCode.Created)
        {
            throw new InvalidOperationException(answer.ToString());
        }
    }

    private static Task AddRawAsync(TestApp app, int count)
    {
        var table = app.Table("throttle");
        return Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, stop) => await table.AddEntityAsync(
            new TableEntity(Guid.NewGuid().ToString("N"), "state")
            {
                ["Schema"] = 1,
                ["Status"] = "Issued",
                ["IssuerId"] = "01234567",
                ["BatchId"] = "01234567890123456789012345678901",
                ["IssuedAt"] = app.Now,
                ["RedeemableUntil"] = app.Now,
                ["Language"] = "fr",
                ["Operations"] = "",
                ["VoucherMailsAskedAt"] = "",
            },
            stop));
    }
}
