using Azure.Data.Tables;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>Registrations with their mail, through the app, beside the same storage calls bare.</summary>
internal static class Registrations
{
    private const string App = "registration, through the app";
    private const string Bare = "its storage calls, bare";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(Report report, RunOptions options, AzuriteFixture azurite)
    {
        var count = options.Count(300, 60);
        report.Text($"{count} registrations, until the mail of the last one has left the outbox (it is dropped there: no mail server is measured), beside the same nine storage calls each by the "
            + "same client library, three of them before the answer:");
        foreach (var clients in SteadyState.Clients)
        {
            // Tables of their own, as Azurite slows down with the number of rows in a table.
            var system = await VoucherSystem.NewAsync(azurite);
            var vouchers = new Queue<(string Id, string Code)>(await system.IssueAsync(2 * count * (options.Rounds + 1)));
            var (states, due) = (system.Table("vouchers", StorageSetup.NewClientOptions()), system.Table("due", StorageSetup.NewClientOptions()));
            await using var app = await ServerProcess.StartAndWaitAsync(system.Native(await Published.NativeAsync()));
            using var bare = new BareRegistrations(states, due);
            var person = 0;
            var comparison = await Comparison.RunAsync(options.Rounds, [
                new Contender(Bare, async () => (await Load.OfAsync(Take(vouchers, count), clients, voucher => bare.RegisterAsync(voucher.Id), bare.WhenSentAsync)).Figures),
                new Contender(App, async () => (await Load.OfAsync(
                    Take(vouchers, count),
                    clients,
                    voucher => RegisterAsync(app, voucher.Code, Interlocked.Increment(ref person)),
                    () => NoMailLeftAsync(due))).Figures),
            ]);
            SteadyState.Table(report, comparison, clients, Bare);
            report.AtLeast(0.7, SteadyState.With(clients, "registrations a second, times the bare calls"), comparison.Ratio(App, Bare, Load.Rate).Median);
        }
    }

    private static List<(string Id, string Code)> Take(Queue<(string Id, string Code)> vouchers, int count) => [.. Enumerable.Range(0, count).Select(_ => vouchers.Dequeue())];

    private static async Task RegisterAsync(ServerProcess app, string code, int person)
    {
        if (!await Requests.SendAsync(app.Client, Requests.FromAnywhere(VoucherSystem.Registration(code, person))))
        {
            throw new InvalidOperationException("A registration was refused.");
        }
    }

    private static async Task NoMailLeftAsync(TableClient due)
    {
        while (await due.QueryAsync<TableEntity>("RowKey ge 'mail-' and RowKey lt 'mail-~'", maxPerPage: 1).GetAsyncEnumerator().MoveNextAsync())
        {
            await Task.Delay(LookAgain);
        }
    }
}
