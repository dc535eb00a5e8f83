using System.Diagnostics;
using System.Net;
using Azure.Data.Tables;
using UglyToad.PdfPig;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class BatchTests(AzuriteFixture azurite)
{
    private const int Large = 1000;

    /// <summary>Who calls, is the batch new, begin it, read it back, complete it: 5 beside the vouchers.</summary>
    [Fact]
    public async Task A_thousand_vouchers_take_a_thousand_and_five_storage_calls()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (raw, _) = await MeasureAsync(() => AddRawAsync(app));

        var (issued, answer) = await MeasureAsync(() => office.IssueAsync(new { count = Large }));

        Assert.True(answer.Status == HttpStatusCode.Created, answer.ToString());
        Assert.Equal(Large + 5, app.Calls.OfLastRequest.Count);
        Assert.Equal(Large, answer.Json["vouchers"]!.AsArray().Select(voucher => voucher!["code"]!.GetValue<string>()).Distinct().Count());
        TestContext.Current.TestOutputHelper!.WriteLine($"1000 raw inserts {raw.TotalMilliseconds:0} ms, 1000 vouchers {issued.TotalMilliseconds:0} ms, ratio {issued / raw:0.00}.");
    }

    [Fact]
    public async Task A_thousand_vouchers_are_printed_in_one_request()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var (took, answer) = await MeasureAsync(() => office.IssueAsync(new { count = Large }, "application/pdf"));

        using var document = PdfDocument.Open(answer.Bytes);
        Assert.Equal(Large, document.NumberOfPages);
        using var process = Process.GetCurrentProcess();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"1000 pages {took.TotalMilliseconds:0} ms, {answer.Bytes.Length / 1024} KiB, the whole test process at most {process.PeakWorkingSet64 >> 20} MiB.");
    }

    [Fact]
    public async Task Sixteen_identical_requests_at_once_make_one_batch_and_get_one_answer()
    {
        const int Rounds = 20;
        const int Count = 20;
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        for (var round = 1; round <= Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => office.IssueAsync(new { count = Count }, idempotencyKey: $"once-{round}")));

            Assert.Single(answers.Select(answer => answer.Body).Distinct());
            Assert.Equal(HttpStatusCode.Created, Assert.Single(answers, answer => answer.Status != HttpStatusCode.OK).Status);
            Assert.Equal(Count * round, (await app.DumpAsync("vouchers")).Count);
        }
        Assert.Equal(Count * Rounds, await IssuedThatDayAsync(app, office));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        await office.IssueAsync(new { count = 2 }, idempotencyKey: "once");

        var answer = await office.IssueAsync(new { count = 3 }, idempotencyKey: "once");

        Assert.Equal("idempotency-key-reused", answer.Code);
        Assert.Equal(2, (await app.DumpAsync("vouchers")).Count);
    }

    /// <summary>The process dies before or after each storage call of the request in turn; then the ORP system repeats it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_that_died_at_any_storage_call_is_completed_by_repeating_the_request(bool isCallDone)
    {
        const int Count = 50;
        const int Calls = Count + 5;
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var before = new HashSet<string>();
        for (var call = 1; call <= Calls; call++)
        {
            var key = $"dies-at-{call}";
            DieAt(app, call, isCallDone);
            var died = await office.IssueAsync(new { count = Count }, idempotencyKey: key);
            var written = (await VoucherIdsAsync(app)).Except(before).ToHashSet();
            Live(app);

            var repeated = await office.IssueAsync(new { count = Count }, idempotencyKey: key);
            var again = await office.IssueAsync(new { count = Count }, idempotencyKey: key);

            Assert.Equal("internal-error", died.Code);
            Assert.True(repeated.Status is HttpStatusCode.Created or HttpStatusCode.OK, $"{call}: {repeated}");
            Assert.Equal(repeated.Body, again.Body);
            var issued = repeated.Json["vouchers"]!.AsArray().Select(voucher => voucher!["id"]!.GetValue<string>()).ToHashSet();
            Assert.Equal(Count, issued.Count);
            Assert.Subset(issued, written);
            before.UnionWith(issued);
            Assert.Equal(before.Order(), (await VoucherIdsAsync(app)).Order());
        }
        Assert.Equal(Count * Calls, await IssuedThatDayAsync(app, office));
    }

    [Fact]
    public async Task A_batch_is_completed_however_often_the_process_dies_on_the_way()
    {
        const int Count = 30;
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        for (var call = 1; call < Count; call++)
        {
            DieAt(app, call, isCallDone: call % 2 == 0);
            await office.IssueAsync(new { count = Count }, idempotencyKey: "once");
        }
        Live(app);

        var answer = await office.IssueAsync(new { count = Count }, idempotencyKey: "once");

        Assert.Equal(
            answer.Json["vouchers"]!.AsArray().Select(voucher => voucher!["id"]!.GetValue<string>()).Order(), (await VoucherIdsAsync(app)).Order());
        Assert.Equal(Count, await IssuedThatDayAsync(app, office));
    }

    /// <summary>Nothing happens any more after this call of the request, whatever else is under way.</summary>
    private static void DieAt(TestApp app, int call, bool isCallDone)
    {
        app.Calls.Before = number => DieUnless(number < call || (number == call && isCallDone));
        app.Calls.After = number => DieUnless(number < call);
    }

    private static void Live(TestApp app) => (app.Calls.Before, app.Calls.After) = (null, null);

    private static async Task<IReadOnlyList<string>> VoucherIdsAsync(TestApp app)
    {
        var ids = new List<string>();
        await foreach (var row in app.Table("vouchers").QueryAsync<TableEntity>(select: ["PartitionKey"]))
        {
            ids.Add(row.PartitionKey);
        }
        return ids;
    }

    private static async Task<int> IssuedThatDayAsync(TestApp app, Office office) =>
        (await app.Table("issuers").GetEntityAsync<TableEntity>(office.Id, "issuer")).Value.GetInt32("IssuedThatDay") ?? 0;

    private static void DieUnless(bool lives)
    {
        if (!lives)
        {
            throw new ProcessDiedException();
        }
    }

    private static async Task<(TimeSpan Took, T Result)> MeasureAsync<T>(Func<Task<T>> act)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await act();
        return (Stopwatch.GetElapsedTime(started), result);
    }

    /// <summary>The floor: as many rows of about the same size through the same client, as many at once.</summary>
    private static async Task<int> AddRawAsync(TestApp app)
    {
        var table = app.Table("throttle");
        await Parallel.ForEachAsync(Enumerable.Range(0, Large), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (index, stop) =>
            await table.AddEntityAsync(
                new TableEntity(Guid.NewGuid().ToString("N"), "state")
                {
                    ["Schema"] = 1,
                    ["Status"] = "Issued",
                    ["IssuerId"] = "01234567",
                    ["BatchId"] = "01234567890123456789012345678901",
                    ["IssuedAt"] = app.Now,
                    ["RedeemableUntil"] = app.Now,
                    ["Language"] = "fr",
                    ["Operations"] = "",
                    ["VoucherMailsAskedAt"] = "",
                },
                stop));
        return StorageTables.Names.Count;
    }

    private sealed class ProcessDiedException : Exception;
}
