using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Timers;

/// <summary>A timer's run with 100 due items in small and large tables, beside a scan that finds the same items.</summary>
internal static class TimerCost
{
    public static async Task RunAsync(Report report, RunOptions options)
    {
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        report.Text("`LockExpiredAccounts` with 100 accounts whose 90 days have ended, in tables of so many accounts, each with its five due rows; a new hundred each round. *filtered scan* is the usual way, "
            + "a timer that asks the accounts' table for those whose time has come: only the search, without what is done to what it finds.");
        int[] sizes = [1_000, options.Count(100_000, 10_000), options.Count(1_000_000, 20_000)];
        await CompareAsync(report, "In memory at HTTP level below the real storage client; the scan there needs no request and no JSON, and looks at 1,000 rows a call:", "memory",
            sizes, options.Rounds + 3, (count, rounds) => MemoryPopulation.FillAsync(azurite, count, rounds));
        await CompareAsync(report, "On Azurite, which itself goes through a whole table for every range query, so that its times grow with anything that is in it; up to 10,000 accounts, as it slows down:", "Azurite",
            [1_000, options.Count(10_000, 2_000)], options.Rounds, (count, rounds) => AzuritePopulation.FillAsync(azurite, count, rounds));
    }

    private static async Task CompareAsync(
        Report report, string says, string where, IReadOnlyList<int> sizes, int rounds, Func<int, int, Task<Population>> fill)
    {
        await using (var first = await fill(1_000, rounds + 1))
        {
            // Until the code is compiled as it will be, in rounds that do not count.
            await Comparison.RunAsync(rounds, [new Contender("the timer, for warming up", first.RunTimerAsync)]);
        }
        var populations = new List<Population>();
        foreach (var size in sizes)
        {
            await Console.Error.WriteLineAsync($"  filling {where} with {size} accounts");
            populations.Add(await fill(size, rounds + 1));
        }
        var comparison = await Comparison.RunAsync(rounds, [
            .. populations.Select(population => new Contender(population.Timer, population.RunTimerAsync)),
            .. populations.Select(population => new Contender(population.Scan, population.RunScanAsync)),
        ]);
        var smallest = populations[0].Timer;
        report.Text(says);
        report.Ratios(comparison, Population.Time, smallest);
        if (where == "memory")
        {
            report.Ratios(comparison, Population.TimeOutside, smallest);
        }
        report.Ratios(comparison, Population.Calls, smallest);
        report.Ratios(comparison, Population.IdleTime, smallest);
        report.Ratios(comparison, Population.IdleCalls, smallest);
        foreach (var larger in populations.Skip(1))
        {
            report.AtMost(1.01, $"calls, {larger.Timer}, times those at {Numbers.Text(populations[0].Count)}, in {where}", comparison.Ratio(larger.Timer, smallest, Population.Calls).Largest);
            if (where == "memory")
            {
                report.AtMost(1.2, $"time, {larger.Timer}, times that at {Numbers.Text(populations[0].Count)}, in {where}", comparison.Ratio(larger.Timer, smallest, Population.Time).Median);
                report.AtMost(1.2, "the same without what the tables in memory took", comparison.Ratio(larger.Timer, smallest, Population.TimeOutside).Median);
            }
        }
        if (where == "memory")
        {
            Draw(report, comparison, populations, "timer-time", Population.Time, Population.IdleTime, "ms");
            Draw(report, comparison, populations, "timer-calls", Population.Calls, Population.IdleCalls, "storage calls");
        }
        foreach (var population in populations)
        {
            await population.DisposeAsync();
        }
    }

    private static void Draw(Report report, Comparison comparison, IReadOnlyList<Population> populations, string file, string figure, string idle, string unit)
    {
        report.Chart(
            file,
            $"A timer's {figure} against the number of accounts, both axes logarithmic",
            Charts.Lines($"One run of a timer with {ManyAccounts.DueEachRound} due accounts", "accounts in the table", unit,
            [
                ("this app: the whole run", Points(population => comparison.Of(population.Timer, figure))),
                ("this app: a run with nothing due", Points(population => comparison.Of(population.Timer, idle))),
                ("filtered scan: only to find them", Points(population => comparison.Of(population.Scan, figure))),
            ]));

        IReadOnlyList<(double, double)> Points(Func<Population, Spread> of) => [.. populations.Select(population => ((double)population.Count, of(population).Median))];
    }
}
