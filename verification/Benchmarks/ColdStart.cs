using System.Diagnostics;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks;

/// <summary>From the start of the process to its first successful sign-up, and the memory after it: both heads of this app, beside its two peers.</summary>
internal static class ColdStart
{
    private const string Native = "this app, native";
    private const string Worker = "this app, worker";
    private const string Start = "start to first sign-up";
    private const string Processor = "processor time";
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
        var (native, worker) = (await Published.NativeAsync(), await Published.WorkerAsync());
        using var identity = await IdentityApi.InstallAsync();
        var betterAuth = await BetterAuth.InstallAsync();
        IContestant[] contestants =
        [
            new VoucherApp(Native, () => RunningServer.StartAsync(system.Native(native)), [.. codes.Take(rounds + 1)]),
            new VoucherApp(Worker, async () => RunningServer.Of(await system.StartWorkerAsync(worker)), [.. codes.Skip(rounds + 1)]),
            betterAuth,
            identity,
        ];

        var comparison = await Comparison.RunAsync(rounds, [.. contestants.Select(contestant => new Contender(contestant.Name, Measured(contestant)))]);

        report.Text("From the start of the process (its port is tried every millisecond) to the 2xx of the first sign-up, in a new process each round. This app as the Functions host starts it, "
            + "the worker with its gRPC handshake and its requests through a stand-in for the host, with an existing voucher on a running Azurite; Identity over a SQLite database that exists; better-auth with its memory adapter, so without any storage.");
        report.Ratios(comparison, Start, Native);
        report.Text("What the process had computed by then, which other work on the machine changes less:");
        report.Ratios(comparison, Processor, Native);
        report.Text("Memory after that first sign-up. What is backed by files is the program itself as far as it was looked at, which the kernel maps a few pages further than was asked for and can drop at any time:");
        report.Ratios(comparison, Resident, Native);
        report.Ratios(comparison, Anonymous, Native);
        report.Ratios(comparison, AtMost, Native);
        report.AtMost(0.8, "start of the worker, times better-auth's", comparison.Ratio(Worker, betterAuth.Name, Start).Median);
        report.AtMost(0.4, "start of the worker, times Identity's", comparison.Ratio(Worker, identity.Name, Start).Median);
        report.AtMost(0.2, "start of the native head, times better-auth's", comparison.Ratio(Native, betterAuth.Name, Start).Median);
        report.AtMost(0.1, "start of the native head, times Identity's", comparison.Ratio(Native, identity.Name, Start).Median);
        report.AtMost(1 / 2.0, "resident, times that of the smallest of the others",
            contestants.Skip(2).Max(other => comparison.Ratio(Native, other.Name, Resident).Median));
        report.Chart("cold-start", "Time from the start of the process to the first sign-up: bars with their spread",
            Charts.Bars(Start, "ms", [.. contestants.Select(contestant => (contestant.Name, comparison.Of(contestant.Name, Start)))]));
    }

    private static Func<Task<IReadOnlyList<Figure>>> Measured(IContestant contestant)
    {
        var person = 0;
        return async () =>
        {
            using var signUp = contestant.SignUp(person++);
            await using var server = await contestant.StartAsync();
            using var response = await server.Client.SendAsync(signUp);
            var time = Stopwatch.GetElapsedTime(server.Started);
            response.EnsureSuccessStatusCode();
            return
            [
                new Figure(Start, "ms", time.TotalMilliseconds),
                new Figure(Processor, "ms", server.ProcessorTime().TotalMilliseconds),
                new Figure(Resident, "MiB", server.Memory("VmRSS")),
                new Figure(Anonymous, "MiB", server.Memory("RssAnon")),
                new Figure(AtMost, "MiB", server.Memory("VmHWM")),
            ];
        };
    }
}
