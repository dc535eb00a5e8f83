using System.Globalization;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>What the native binary does under load, as a share of what the storage and the hash would allow with nothing around them.</summary>
internal static class SteadyState
{
    /// <summary>Each round lasts seconds, and there are many.</summary>
    private const int MostRounds = 3;

    public static IReadOnlyList<int> Clients { get; } = [1, 16, 64];

    public static async Task RunAsync(Report report, RunOptions options)
    {
        options = options with { Rounds = Math.Min(options.Rounds, MostRounds) };
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await ProfileReads.RunAsync(report, options, azurite);
        await Registrations.RunAsync(report, options, azurite);
        await LogIns.RunAsync(report, options, azurite);
        await Overload.RunAsync(report, options, azurite);
    }

    public static void Table(Report report, Comparison comparison, int clients, string baseline) => report.Table(
        [With(clients, ""), "a second: median (least–most)", $"ratio to {baseline}", .. Load.Percentiles.Select(percentile => $"{percentile}, ms")],
        comparison.Contenders.Select(contender => (IReadOnlyList<string>)
        [
            contender,
            comparison.Of(contender, Load.Rate).ToString(),
            contender == baseline ? "1" : comparison.Ratio(contender, baseline, Load.Rate).ToString(),
            .. Load.Percentiles.Select(percentile => Numbers.Text(comparison.Of(contender, percentile).Median)),
        ]));

    public static string With(int clients, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{clients} client{(clients == 1 ? "" : "s")}{(what.Length > 0 ? ": " : "")}{what}");
}
