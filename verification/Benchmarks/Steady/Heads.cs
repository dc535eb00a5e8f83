using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>The same requests through both heads. Those to the worker pass through the stand-in for the Functions host, which announces each over gRPC.</summary>
internal static class Heads
{
    private const int People = 16;
    private const string Native = "native";
    private const string Worker = "worker";
    private static readonly int[] Clients = [1, 16];

    public static async Task RunAsync(Report report, RunOptions options)
    {
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        var system = await VoucherSystem.NewAsync(azurite);
        var people = await Participants.SignInAsync(system, People);
        await using var native = await RunningServer.StartAsync(system.Native(await Published.NativeAsync()));
        await using var worker = RunningServer.Of(await system.StartWorkerAsync(await Published.WorkerAsync()));
        var time = TimeSpan.FromSeconds(options.Count(2, 1));

        report.Text("Requests to the native head as a custom handler gets them, and to the worker through the stand-in for the host (gRPC and one more hop, in the measuring process). "
            + "*Alive* reads nothing; *profile* is a signed-in read. All of it, Azurite and the stand-in included, on the same cores.");
        foreach (var clients in Clients)
        {
            await CompareAsync("alive", clients, (server, _) => Requests.SendAsync(server.Client, Requests.Alive()));
            await CompareAsync("profile", clients, (server, client) => Requests.SendAsync(server.Client, Requests.Profile(people[client % People])));
        }

        async Task CompareAsync(string what, int clients, Func<RunningServer, int, Task<bool>> request)
        {
            Contender Through(string name, RunningServer server) =>
                new(name, async () => (await Load.ForAsync(time, clients, client => request(server, client))).Figures);

            report.Text($"{what}:");
            SteadyState.Table(report, await Comparison.RunAsync(options.Rounds, [Through(Native, native), Through(Worker, worker)]), clients, Native);
        }
    }
}
