using Azure.Data.Tables;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Timers;

/// <summary>On Azurite.</summary>
internal sealed class AzuritePopulation : Population
{
    private readonly TableClient _vouchers;

    private AzuritePopulation(TestApp app, TableClient vouchers, ManyAccounts accounts, int count)
        : base(app, accounts, count) => _vouchers = vouchers;

    public static async Task<Population> FillAsync(AzuriteFixture azurite, int count, int rounds)
    {
        var app = await TestApp.StartAsync(azurite);
        var vouchers = app.Table("vouchers");
        var accounts = await ManyAccounts.LikeAsync(app, vouchers);
        await accounts.AddAsync(vouchers, rounds, count - rounds * ManyAccounts.DueEachRound - 1);
        return new AzuritePopulation(app, vouchers, accounts, count);
    }

    protected override async Task<(int Found, int Calls)> ScanAsync(string after, string until)
    {
        var (found, calls) = (0, 0);
        await foreach (var page in _vouchers.QueryAsync<TableEntity>($"RowKey eq 'state' and AccessUntil gt datetime'{after}' and AccessUntil le datetime'{until}'").AsPages())
        {
            calls++;
            found += page.Values.Count;
        }
        return (found, calls);
    }
}
