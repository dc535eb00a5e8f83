using System.Diagnostics;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks;

/// <summary>From the start of the process to its first successful sign-up, and the memory after it: this app native and under the JIT, beside what one would take instead.</summary>
internal static class ColdStart
{
    private const string Native = "this app, native";
    private const string Jit = "this app, JIT";
    private const string Start = "start to first sign-up";
    private const string Resident = "resident";
    private const string AtMost = "resident at most";
    private const string Anonymous = "of it not backed by files";

    public static async Task RunAsync(Report report, RunOptions options)
    {
        var rounds = options.Rounds * 2;
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        var system = await VoucherSystem.NewAsync(azurite);
        var codes = (await system.IssueAsync(2 * (rounds + 1))).Select(voucher => voucher.Code).ToList();
        var binary = await Published.GetAsync();
        using var identity = await IdentityApi.InstallAsync();
        var betterAuth = await BetterAuth.InstallAsync();
        IContestant[] contestants =
        [
            new VoucherApp(Native, () => system.Native(binary), [.. codes.Take(rounds + 1)]),
            new VoucherApp(Jit, system.UnderJit, [.. codes.Skip(rounds + 1)]),
            betterAuth,
            identity,
        ];

        var comparison = await Comparison.RunAsync(rounds, [.. contestants.Select(contestant => new Contender(contestant.Name, Measured(contestant)))]);

        report.Text("From the start of the process (its port is tried every millisecond) to the 2xx of the first sign-up, in a new process each round. This app as the Functions host starts it, "
            + "with an existing voucher on a running Azurite; Identity over a SQLite database that exists; better-auth with its memory adapter, so without any storage.");
        report.Ratios(comparison, Start, Native);
        report.Text("Memory after that first sign-up. What is backed by files is the program itself as far as it was looked at, which the kernel maps a few pages further than was asked for and can drop at any time:");
        report.Ratios(comparison, Resident, Native);
        report.Ratios(comparison, Anonymous, Native);
        report.Ratios(comparison, AtMost, Native);
        report.AtMost(1 / 8.0, "start, times better-auth's", comparison.Ratio(Native, betterAuth.Name, Start).Median);
        report.AtMost(1 / 15.0, "start, times Identity's", comparison.Ratio(Native, identity.Name, Start).Median);
        report.AtMost(1 / 5.0, "start, times the JIT's", comparison.Ratio(Native, Jit, Start).Median);
        report.AtMost(1 / 2.0, "resident, times that of the smallest of the others",
            contestants.Skip(1).Max(other => comparison.Ratio(Native, other.Name, Resident).Median));
        report.Chart("cold-start", "Time from the start of the process to the first sign-up: bars with their spread",
            Charts.Bars(Start, "ms", [.. contestants.Select(contestant => (contestant.Name, comparison.Of(contestant.Name, Start)))]));
    }

    private static Func<Task<IReadOnlyList<Figure>>> Measured(IContestant contestant)
    {
        var person = 0;
        return async () =>
        {
            using var signUp = contestant.SignUp(person++);
            var launch = contestant.NewLaunch();
            var started = Stopwatch.GetTimestamp();
            await using var server = ServerProcess.Start(launch);
            await server.WaitAsync();
            using var response = await server.Client.SendAsync(signUp);
            var time = Stopwatch.GetElapsedTime(started);
            response.EnsureSuccessStatusCode();
            return
            [
                new Figure(Start, "ms", time.TotalMilliseconds),
                new Figure(Resident, "MiB", server.Memory("VmRSS")),
                new Figure(Anonymous, "MiB", server.Memory("RssAnon")),
                new Figure(AtMost, "MiB", server.Memory("VmHWM")),
            ];
        };
    }
}
