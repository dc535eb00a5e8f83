using System.Collections.Immutable;
using System.Text;
using Azure.Data.Tables;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Timers;

/// <summary>On the table service in memory, below the real storage client.</summary>
internal sealed class MemoryPopulation : Population
{
    private const string Prefix = "m";
    private const int PageSize = 1000;
    private static readonly int InstantLength = ManyAccounts.Text(default).Length;

    private const string Connection =
        "TableEndpoint=https://memory.table.core.windows.net/;BlobEndpoint=https://memory.blob.core.windows.net/;SharedAccessSignature=sig=memory";

    private readonly TableSpace _space;
    private readonly TimedTransport _transport;

    private MemoryPopulation(TestApp app, TableSpace space, TimedTransport transport, ManyAccounts accounts, int count)
        : base(app, accounts, count) => (_space, _transport) = (space, transport);

    protected override TimeSpan? TimeInTables => _transport.Spent;

    public static async Task<Population> FillAsync(AzuriteFixture azurite, int count, int rounds)
    {
        var space = new TableSpace(TimeProvider.System.GetUtcNow);
        foreach (var name in StorageTables.Names)
        {
            space.TryCreate(Prefix + name);
        }
        var transport = new TimedTransport(new TableService(space));
        var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Tables = tables => tables.Transport = transport.Transport;
            options.Settings["Storage:ConnectionString"] = Connection;
            options.Settings["Storage:TablePrefix"] = Prefix;
        });
        var vouchers = new TableClient(Connection, $"{Prefix}vouchers", new TableClientOptions { Transport = transport.Transport });
        var accounts = await ManyAccounts.LikeAsync(app, vouchers);
        await accounts.AddAsync(vouchers, rounds, others: 0);
        await FillUpAsync(space, accounts, vouchers, count - rounds * ManyAccounts.DueEachRound - 1);
        return new MemoryPopulation(app, space, transport, accounts, count);
    }

    /// <summary>
    /// Row by row where the rows are: no request, no JSON, so a floor. How many rows the service looks at for one answer is nowhere promised; here as many as a page holds.
    /// </summary>
    protected override Task<(int Found, int Calls)> ScanAsync(string after, string until)
    {
        var (first, last) = (Encoding.ASCII.GetBytes(after), Encoding.ASCII.GetBytes(until));
        var (found, looked) = (0, 0);
        foreach (var row in _space.Rows($"{Prefix}vouchers").Where(row => row.Row == "state"))
        {
            looked++;
            var end = EndOf(row.Properties.Span);
            found += end.SequenceCompareTo(first) > 0 && end.SequenceCompareTo(last) <= 0 ? 1 : 0;
        }
        return Task.FromResult((found, (looked + PageSize - 1) / PageSize));
    }

    /// <summary>Millions of rows at once, beside those that are there. Nobody reads what is in the due rows before their time, so they share it.</summary>
    private static async Task FillUpAsync(TableSpace space, ManyAccounts accounts, TableClient vouchers, int count)
    {
        var first = ManyAccounts.NewId();
        await vouchers.AddEntityAsync(accounts.StateOf(first, accounts.LaterEnd));
        var state = space.Find($"{Prefix}vouchers", first.Value, "state")!;
        var properties = state.Properties.ToArray();
        var due = Encoding.UTF8.GetBytes("\"Tag\":\"\"");
        var (states, items) = (new List<TableRow>(count), new List<TableRow>(count * 5));
        for (var number = 1; number < count; number++)
        {
            var voucher = ManyAccounts.NewId();
            states.Add(new TableRow(voucher.Value, state.Row, state.Version, properties));
            items.AddRange(accounts.DueOf(voucher, accounts.LaterEnd).Select(item => new TableRow(item.Shard, item.Row, state.Version, due)));
        }
        var contents = space.Save();
        space.Load(contents with
        {
            Tables = contents.Tables
                .SetItem($"{Prefix}vouchers", contents.Tables[$"{Prefix}vouchers"].Union(states))
                .SetItem($"{Prefix}due", contents.Tables[$"{Prefix}due"].Union(items)),
        });
    }

    /// <summary>Empty for a row that is no account's state.</summary>
    private static ReadOnlySpan<byte> EndOf(ReadOnlySpan<byte> properties)
    {
        var name = "\"AccessUntil\":\""u8;
        var at = properties.IndexOf(name);
        return at < 0 ? default : properties.Slice(at + name.Length, InstantLength);
    }
}
