using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

public sealed class ReceiptTests(AzuriteFixture azurite)
{
    private const string WorkStarts = "2028-02-13T23:00:00Z";

    /// <summary>Too late for a farewell that waits in the outbox: the run itself deletes.</summary>
    private const string Deadline = "2028-02-20T23:00:00Z";
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The storage calls of an erasure from its last steps on, from where on a receipt can be lost or written twice.</summary>
    private const int LastCalls = 12;

    [Fact]
    public async Task A_run_that_deletes_something_leaves_a_receipt_with_counts_cut_off_and_the_hash_before()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var wish = await Journey.ActivatedAsync(app);
        using var one = await Journey.ActivatedAsync(app);
        using var other = await Journey.ActivatedAsync(app);
        Assert.Equal("""{"receipts":[]}""", (await ReadAsync(app)).ToJsonString());

        (await wish.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        app.MoveTo(Deadline);
        await app.RunTimerAsync<DeleteExpiredData>();
        await app.RunTimerAsync<DeleteExpiredData>();

        var receipts = (await ReadAsync(app))["receipts"]!.AsArray();
        Assert.Equal(
            [
                $$"""{"number":1,"at":"2026-11-22T10:00:00Z","atEnd":0,"byWish":1,"again":0,"previous":"{{Zeros}}","hash":"{{receipts[0]!["hash"]}}"}""",
                $$"""{"number":2,"at":"{{Deadline}}","cutOff":"{{Deadline}}","atEnd":2,"byWish":0,"again":0,"previous":"{{receipts[0]!["hash"]}}","hash":"{{receipts[1]!["hash"]}}"}""",
            ],
            receipts.Select(receipt => receipt!.ToJsonString()));
        Assert.Equal(
            (0, "The chain holds: 2 receipts, 2 accounts deleted at their end, 1 by wish, 0 again.\n"), await Chain.CheckAsync(await ReadAsync(app)));
    }

    [Fact]
    public async Task A_run_whose_time_is_over_says_up_to_when_it_came()
    {
        const int People = 12;
        const int CallsUntilItIsOver = 60;
        await using var app = await TestApp.StartAsync(azurite);
        await Task.WhenAll(Enumerable.Range(0, People).Select(_ => Journey.ActivatedAsync(app)));
        app.MoveTo(Deadline);
        app.Calls.Before = call => app.Clock.Advance(call == CallsUntilItIsOver ? TimeSpan.FromSeconds(51) : TimeSpan.Zero);

        var cut = await app.RunTimerAsync<DeleteExpiredData>();
        app.Calls.Before = null;
        var rest = await app.RunTimerAsync<DeleteExpiredData>();

        Assert.InRange(cut.Done, 1, People - 1);
        Assert.Equal(People - cut.Done, rest.Done);
        var receipts = (await ReadAsync(app))["receipts"]!.AsArray();
        Assert.Equal([WorkStarts, app.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")], receipts.Select(receipt => receipt!["cutOff"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    [InlineData(6, 2)]
    [InlineData(3, 3)]
    public async Task A_run_in_which_some_accounts_could_not_be_deleted_still_reports_what_it_did_and_since_when_they_are_due(int people, int broken)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var persons = new List<Journey>();
        for (var person = 0; person < people; person++)
        {
            persons.Add(await Journey.ActivatedAsync(app));
        }
        foreach (var person in persons.Take(broken))
        {
            await BreakAsync(app, person);
        }
        app.MoveTo(Deadline);

        var failed = await Assert.ThrowsAsync<IncompleteRunException>(() => app.Services.GetRequiredService<DeleteExpiredData>().RunAsync(new TimerInfo(), TestContext.Current.CancellationToken));

        Assert.Equal(new SweepReport(people, people - broken, TimeSpan.FromDays(7)), failed.Report);
        Assert.Equal($"Delete: not every item could be settled. Due {people}, done {people - broken}, oldest overdue 7.00:00:00.", failed.Message);
        var receipts = (await ReadAsync(app))["receipts"]!.AsArray();
        Assert.Equal(people == broken ? [] : [(people - broken, WorkStarts)], receipts.Select(receipt => (receipt!["atEnd"]!.GetValue<int>(), receipt["cutOff"]?.GetValue<string>())));
        persons.ForEach(person => person.Dispose());
    }

    [Fact]
    public async Task Runs_at_once_count_each_deletion_once_and_keep_the_chain()
    {
        const int People = 12;
        await using var app = await TestApp.StartAsync(azurite);
        await Task.WhenAll(Enumerable.Range(0, People).Select(_ => Journey.ActivatedAsync(app)));
        app.MoveTo(WorkStarts);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.RunTimerAsync<DeleteExpiredData>()));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.RunTimerAsync<DeleteExpiredData>();

        var (exit, said) = await Chain.CheckAsync(await ReadAsync(app));
        Assert.True(exit == 0 && said.Contains($" {People} accounts deleted at their end, 0 by wish, 0 again.", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task A_process_that_dies_leaves_no_deletion_without_a_receipt_and_none_with_two()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.ActivatedAsync(app);
        (await first.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        var calls = app.Calls.OfLastRequest.Count;
        var people = 1;

        for (var call = calls - LastCalls + 1; call <= calls; call++)
        {
            foreach (var isDone in (bool[])[false, true])
            {
                using var person = await Journey.ActivatedAsync(app);
                var dying = call;
                void Die(int number) => _ = number == dying ? throw new InvalidOperationException("The process dies here.") : 0;
                app.Calls.Before = isDone ? null : Die;
                app.Calls.After = isDone ? Die : null;
                await person.EraseAsync();
                (app.Calls.Before, app.Calls.After) = (null, null);
                people++;
                app.Clock.Advance(TimeSpan.FromHours(1));
                await app.RunTimerAsync<DeleteExpiredData>();
            }
        }

        Assert.Empty(await app.DumpAsync("vouchers", "emails", "due"));
        var (exit, said) = await Chain.CheckAsync(await ReadAsync(app));
        Assert.True(exit == 0 && said.Contains($" 0 accounts deleted at their end, {people} by wish, 0 again.", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task A_replay_that_dies_at_any_call_counts_what_a_copy_brought_back_once_though_a_receipt_comes_in_between()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = await TestApp.StartAsync(azurite);
        var (deletion, receipts, ledger) =
            (app.Services.GetRequiredService<Deletion>(), app.Services.GetRequiredService<DeletionReceipts>(), app.Services.GetRequiredService<ErasureLedger>());
        var (people, hasDied) = (0, true);

        while (hasDied)
        {
            using var person = await Journey.ActivatedAsync(app);
            var (voucher, now) = (Stored.IdOf(app, person), app.Clock.GetUtcNow());
            await ledger.AddAsync(new LedgerEntry(ledger.IdsOf(voucher).First(), "issuer", false, now), cancellation);
            people++;
            hasDied = false;
            app.Calls.Before = number => _ = number == people ? throw new InvalidOperationException("The process dies here.") : 0;
            try
            {
                await app.Calls.RecordAsync(() => deletion.EraseAgainAsync(voucher, now, cancellation));
            }
            catch (InvalidOperationException)
            {
                hasDied = true;
            }
            app.Calls.Before = null;
            await receipts.WriteAsync(null, cancellation);
            await deletion.EraseAgainAsync(voucher, now, cancellation);
            await receipts.WriteAsync(null, cancellation);
        }

        Assert.True(people > 20, $"{people} calls");
        Assert.Empty(await app.DumpAsync("vouchers"));
        var (exit, said) = await Chain.CheckAsync(await ReadAsync(app));
        Assert.True(exit == 0 && said.Contains($" 0 accounts deleted at their end, 0 by wish, {people} again.", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Each_copy_that_brings_an_account_back_counts_once_more()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var backup = await Backup.TakeAsync(app);
        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        for (var copy = 1; copy <= 2; copy++)
        {
            await backup.RestoreAsync(app);
            (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures/replay", new { from = "0" })).MustBe(HttpStatusCode.OK);
        }

        var (exit, said) = await Chain.CheckAsync(await ReadAsync(app));
        Assert.True(exit == 0 && said.Contains(" 0 accounts deleted at their end, 1 by wish, 2 again.", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task What_somebody_changes_in_the_storage_shows()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var one = await Journey.ActivatedAsync(app);
        using var other = await Journey.ActivatedAsync(app);
        await one.EraseAsync();
        await other.EraseAsync();
        var table = app.Table("erasures");
        var row = (await table.GetEntityAsync<TableEntity>("receipts", "receipt-0000000001", cancellationToken: TestContext.Current.CancellationToken)).Value;

        row["ByWish"] = 7;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);

        var (exit, said) = await Chain.CheckAsync(await ReadAsync(app));
        Assert.Equal(1, exit);
        Assert.Contains("Receipt 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_read_page_by_page()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var one = await Journey.ActivatedAsync(app);
        using var other = await Journey.ActivatedAsync(app);
        await one.EraseAsync();
        await other.EraseAsync();

        var rest = (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/receipts?after=1")).MustBe(HttpStatusCode.OK).Json;

        Assert.Equal((2, 2), (Assert.Single(rest["receipts"]!.AsArray())!["number"]!.GetValue<int>(), rest["head"]!["number"]!.GetValue<int>()));
        Assert.Empty((await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/receipts?after=2")).Json["receipts"]!.AsArray());
        Assert.All(
            ["-1", "x", "1.5", "99999999999", ""],
            after => app.AdminAsync(HttpMethod.Get, $"/api/lifecycle/receipts?after={after}").GetAwaiter().GetResult().MustBe(HttpStatusCode.BadRequest, "invalid-request"));
    }

    /// <summary>A state that no version of the app has ever written.</summary>
    private static async Task BreakAsync(TestApp app, Journey person)
    {
        var id = (await Stored.ReadAsync(app, person)).Voucher.Id.Value;
        TableEntity row = await app.Table("vouchers").GetEntityAsync<TableEntity>(id, "state", cancellationToken: TestContext.Current.CancellationToken);
        row["Status"] = "Unheard-of";
        await app.Table("vouchers").UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> ReadAsync(TestApp app) => (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/receipts")).MustBe(HttpStatusCode.OK).Json;
}
