using System.Text.Json.Nodes;
using VoucherFunctions.Issuers;
using VoucherFunctions.Testing;
using Xunit;
using Office = VoucherFunctions.Testing.Office;

namespace VoucherFunctions.Tests.Issuers;

public sealed class CountTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_office_counts_its_vouchers_by_status()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (_, vouchers) = await office.NewBatchAsync(6);
        using var active = new Journey(app, vouchers[0].Code, "a@example.ch");
        await active.RegisterAsync();
        await active.ActivateAsync();
        using var pending = new Journey(app, vouchers[1].Code, "b@example.ch");
        await pending.RegisterAsync();
        using var released = new Journey(app, vouchers[2].Code, "c@example.ch");
        await released.RegisterAsync();
        await released.Client.PostAsync("/api/registrations/cancel", new { handle = released.Handle });
        await office.PostAsync($"/api/vouchers/{vouchers[3].Id}/revoke");

        var answer = await office.GetAsync("/api/counts");

        const string Expected = """{"total":6,"issued":2,"pending":1,"active":1,"locked":0,"released":1,"revoked":1,"expired":0,"deleted":0}""";
        Assert.Equal(Expected, answer.Json["total"]!.ToJsonString());
        Assert.Equal("2026-11-22", answer.Json["days"]![0]!["day"]!.GetValue<string>());
        Assert.Equal(Expected, answer.Json["days"]![0]!["counts"]!.ToJsonString());
    }

    [Fact]
    public async Task The_clock_alone_changes_the_counts()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (_, vouchers) = await office.NewBatchAsync(3);
        using var active = new Journey(app, vouchers[0].Code, "a@example.ch");
        await active.RegisterAsync();
        await active.ActivateAsync();
        using var lapsed = new Journey(app, vouchers[1].Code, "b@example.ch");
        await lapsed.RegisterAsync();

        app.Clock.Advance(TimeSpan.FromDays(92));
        var soon = await office.GetAsync("/api/counts?from=2026-11-22&to=2026-11-22");
        app.Clock.Advance(TimeSpan.FromDays(300));
        var late = await office.GetAsync("/api/counts?from=2026-11-22&to=2026-11-22");

        Assert.Equal((1, 1, 1), Numbers(soon.Json["days"]![0]!["counts"]!, "issued", "released", "locked"));
        Assert.Equal((0, 0, 2), Numbers(late.Json["days"]![0]!["counts"]!, "issued", "released", "expired"));
    }

    [Fact]
    public async Task Days_are_those_of_issuing_and_only_those_asked_for()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        await office.NewBatchAsync(1);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await office.NewBatchAsync(2);
        await office.NewBatchAsync(3);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await office.NewBatchAsync(4);

        var answer = await office.GetAsync("/api/counts?from=2026-11-23&to=2026-11-24");

        Assert.Equal(
            [("2026-11-23", 5), ("2026-11-24", 4)],
            answer.Json["days"]!.AsArray().Select(day => (day!["day"]!.GetValue<string>(), day["counts"]!["total"]!.GetValue<int>())));
        Assert.Equal(10, answer.Json["total"]!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?to=2026-13-01", "to")]
    [InlineData("?from=2026-11-22&to=2026-11-21", "from")]
    [InlineData("?from=2026-01-01&to=2026-11-22", "from")]
    public async Task A_range_that_cannot_be_is_refused(string query, string field)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.GetAsync($"/api/counts{query}");

        Assert.Equal("invalid-request", answer.Code);
        Assert.NotNull(answer.Json["errors"]![field]);
    }

    [Fact]
    public async Task Once_the_timer_has_counted_a_total_reads_no_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        await office.NewBatchAsync(40);
        await app.RunTimerAsync<CountVouchers>();
        app.Clock.Advance(TimeSpan.FromHours(1));

        var answer = await office.GetAsync("/api/counts?from=2026-10-01&to=2026-10-31");

        Assert.Equal(40, answer.Json["total"]!["total"]!.GetValue<int>());
        Assert.Equal(3, app.Calls.OfLastRequest.Count);
        Assert.Equal(app.Now.AddHours(-1), answer.Instant("asOf"));
    }

    [Fact]
    public async Task The_timer_counts_each_batch_once_a_day_until_nothing_can_change()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, _) = await office.NewBatchAsync(2);

        var first = await app.RunTimerAsync<CountVouchers>();
        var again = await app.RunTimerAsync<CountVouchers>();
        app.Clock.Advance(TimeSpan.FromHours(23));
        await office.PostAsync($"/api/vouchers/batches/{id}/revoke");
        var nextDay = await app.RunTimerAsync<CountVouchers>();
        app.Clock.Advance(TimeSpan.FromDays(30));
        var final = await app.RunTimerAsync<CountVouchers>();

        Assert.Equal([(1, 1), (0, 0), (1, 1), (0, 0)], new[] { first, again, nextDay, final });
    }

    [Fact]
    public async Task Test_vouchers_count_for_test_keys_only()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app, "ORP Vevey");
        var test = await office.WithNewKeyAsync(test: true);
        await office.NewBatchAsync(7);
        await test.NewBatchAsync(6);

        var live = await office.GetAsync("/api/counts");
        var tested = await test.GetAsync("/api/counts");
        var all = await app.AdminAsync(HttpMethod.Get, "/api/counts/issuers");

        Assert.Equal(7, live.Json["total"]!["total"]!.GetValue<int>());
        Assert.Equal(6, tested.Json["total"]!["total"]!.GetValue<int>());
        Assert.Equal(7, OfOffice(all, "ORP Vevey")["issued"]!.GetValue<int>());
    }

    [Fact]
    public async Task Administrators_do_not_see_numbers_below_five_nor_what_gives_one_away()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var large = await Office.NewAsync(app, "ORP Vevey");
        var small = await Office.NewAsync(app, "ORP Nyon");
        var (_, vouchers) = await large.NewBatchAsync(20);
        var (_, few) = await small.NewBatchAsync(6);
        foreach (var voucher in vouchers.Take(4).Append(few[0]))
        {
            await (voucher == few[0] ? small : large).PostAsync($"/api/vouchers/{voucher.Id}/revoke");
        }

        var answer = await app.AdminAsync(HttpMethod.Get, "/api/counts/issuers");

        // Of Vevey the four revoked may be any of seven numbers; Nyon's total would tell that it is one.
        Assert.Equal("""{"total":20,"issued":16}""", OfOffice(answer, "ORP Vevey").ToJsonString());
        Assert.Equal("""{"issued":5}""", OfOffice(answer, "ORP Nyon").ToJsonString());
        // A third office has issued nothing: the sum of all would tell so.
        Assert.Equal("{}", answer.Json["total"]!.ToJsonString());
    }

    private static JsonNode OfOffice(Answer all, string name) =>
        all.Json["issuers"]!.AsArray().Single(each => each!["name"]!.GetValue<string>() == name)!["counts"]!;

    private static (int, int, int) Numbers(JsonNode counts, string a, string b, string c) =>
        (counts[a]!.GetValue<int>(), counts[b]!.GetValue<int>(), counts[c]!.GetValue<int>());
}
