using Azure.Data.Tables;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>Signed-in reads of the profile, through the app, beside reads of the same rows by the same storage client and nothing else.</summary>
internal static class ProfileReads
{
    private const int People = 16;
    private const string App = "profile, through the app";
    private const string Point = "bare point read";
    private const string Range = "bare range read";
    private const string Hop = "the app, nothing read";

    public static async Task RunAsync(Report report, RunOptions options, AzuriteFixture azurite)
    {
        var system = await VoucherSystem.NewAsync(azurite);
        var people = await Participants.SignInAsync(system, People);
        var table = system.Table("vouchers", StorageSetup.NewClientOptions());
        var partitions = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.RowKey == "state"))
        {
            partitions.Add(row.PartitionKey);
        }
        await using var app = await ServerProcess.StartAndWaitAsync(system.Native(await Published.NativeAsync()));
        var time = TimeSpan.FromSeconds(options.Count(2, 1));

        report.Text($"Signed-in reads of the profile by the native binary, beside reads from the same storage by the same client library in this process: *{Point}* asks for the one state row, *{Range}* "
            + $"for state and sessions, as the app does in its one call. *{Hop}* is its answer to whether it is alive: the way there and back. All of it, Azurite included, on the same cores.");
        foreach (var clients in SteadyState.Clients)
        {
            var comparison = await Comparison.RunAsync(options.Rounds, [
                new Contender(Point, async () => (await Load.ForAsync(time, clients, async client =>
                    (await table.GetEntityAsync<TableEntity>(partitions[client % People], "state")).Value.ContainsKey("Status"))).Figures),
                new Contender(Range, async () => (await Load.ForAsync(time, clients, client => ReadRangeAsync(table, partitions[client % People]))).Figures),
                new Contender(Hop, async () => (await Load.ForAsync(time, clients, _ => Requests.SendAsync(app.Client, Requests.Alive()))).Figures),
                new Contender(App, async () => (await Load.ForAsync(time, clients, client =>
                    Requests.SendAsync(app.Client, Requests.Profile(people[client % People])))).Figures),
            ]);
            SteadyState.Table(report, comparison, clients, Point);
            report.AtLeast(0.6, SteadyState.With(clients, "profile reads a second, times bare point reads"), comparison.Ratio(App, Point, Load.Rate).Median);
        }
    }

    private static async Task<bool> ReadRangeAsync(TableClient table, string partition)
    {
        var rows = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {"session-"} and RowKey lt {"state~"}")))
        {
            rows += row.Count > 0 ? 1 : 0;
        }
        return rows > 1;
    }
}
