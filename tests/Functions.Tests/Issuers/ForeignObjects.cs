using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>Batches and vouchers, in every state, that an office must not see: another office's, and those of its own test key.</summary>
internal sealed record ForeignObjects(IReadOnlyList<string> Batches, IReadOnlyList<string> Vouchers)
{
    public static async Task<ForeignObjects> NewAsync(TestApp app, Office office)
    {
        var other = await Office.NewAsync(app);
        var (batch, vouchers) = await other.NewBatchAsync(5);
        await other.PostAsync($"/api/vouchers/{vouchers[1].Id}/revoke");
        using var pending = new Journey(app, vouchers[2].Code, "pending@example.ch");
        await pending.RegisterAsync();
        using var active = new Journey(app, vouchers[3].Code, "active@example.ch");
        await active.RegisterAsync();
        await active.ActivateAsync();
        using var erased = new Journey(app, vouchers[4].Code, "erased@example.ch");
        await erased.RegisterAsync();
        await erased.ActivateAsync();
        await erased.EraseAsync();
        var (tests, testVouchers) = await (await office.WithNewKeyAsync(test: true)).NewBatchAsync(1);
        return new ForeignObjects([batch, tests, await IncompleteBatchAsync(app, other)], [.. vouchers.Select(voucher => voucher.Id), testVouchers[0].Id]);
    }

    /// <summary>Begun by a process that died before the first voucher was written.</summary>
    public static async Task<string> IncompleteBatchAsync(TestApp app, Office office)
    {
        app.Calls.Before = number =>
        {
            if (number > 4)
            {
                throw new InvalidOperationException("The process died.");
            }
        };
        await office.IssueAsync(new { count = 1 });
        app.Calls.Before = null;
        const string Row = "RowKey=batch-";
        var begun = (await app.DumpAsync("issuers")).Single(row =>
            row.Contains($"PartitionKey={office.Id}", StringComparison.Ordinal) && row.Contains("Completed=False", StringComparison.Ordinal));
        var start = begun.IndexOf(Row, StringComparison.Ordinal) + Row.Length;
        return begun[start..(start + IssuerRoutes.Nothing.Length)];
    }
}
