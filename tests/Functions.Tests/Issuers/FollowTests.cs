using System.Net;
using System.Text.Json.Nodes;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class FollowTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_batch_is_told_page_by_page()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(5);

        var first = await office.BatchAsync(id, query: "?limit=2");
        var second = await office.BatchAsync(id, query: $"?limit=2&after={first.Json["next"]}");
        var third = await office.BatchAsync(id, query: $"?limit=2&after={second.Json["next"]}");

        Assert.Equal(vouchers.Select(voucher => voucher.Id), IdsOf(first).Concat(IdsOf(second)).Concat(IdsOf(third)));
        Assert.Null(third.Json["next"]);
    }

    [Fact]
    public async Task The_next_page_is_linked_in_every_format()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(2);

        var answer = await office.BatchAsync(id, "text/csv", "?limit=1&bom=false");

        var link = Assert.Single(answer.Headers.GetValues("Link"));
        Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);
        var next = await app.Client.SendAsync(HttpMethod.Get, link[1..link.IndexOf('>', StringComparison.Ordinal)], null, office.Key, ("Accept", "text/csv"));
        Assert.Equal(vouchers[1].Code, Csv.Parse(next.Body)[1][1]);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?limit=many", "limit")]
    [InlineData("?after=nothing", "after")]
    [InlineData("?after=00000000000000000000000000000000", "after")]
    [InlineData("?changedSince=yesterday", "changedSince")]
    public async Task A_page_that_cannot_be_is_refused(string query, string field)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, _) = await office.NewBatchAsync(1);

        var answer = await office.BatchAsync(id, query: query);

        Assert.Equal("invalid-request", answer.Code);
        Assert.NotNull(answer.Json["errors"]![field]);
    }

    [Fact]
    public async Task Polling_tells_each_change_of_status_and_nothing_else()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(4);
        using var active = new Journey(app, vouchers[0].Code, "a@example.ch");
        using var pending = new Journey(app, vouchers[1].Code, "b@example.ch");

        Assert.Empty(await StepAsync(TimeSpan.Zero));
        Assert.Equal(["pending"], await StepAsync(TimeSpan.Zero, () => active.RegisterAsync()));
        Assert.Equal(["active"], await StepAsync(TimeSpan.Zero, () => active.ActivateAsync()));
        Assert.Empty(await StepAsync(TimeSpan.Zero, () => active.LogInAsync()));
        Assert.Equal(["pending"], await StepAsync(TimeSpan.Zero, () => pending.RegisterAsync()));
        Assert.Empty(await StepAsync(TimeSpan.FromMinutes(2), () => pending.Client.PostAsync("/api/registrations/resend", new { handle = pending.Handle })));
        Assert.Equal(["revoked"], await StepAsync(TimeSpan.Zero, () => office.PostAsync($"/api/vouchers/{vouchers[2].Id}/revoke")));
        Assert.Equal(["issued"], await StepAsync(TimeSpan.FromHours(24)));
        Assert.Empty(await StepAsync(TimeSpan.FromMinutes(5), () => app.RunTimerAsync<RemoveUnactivatedRegistrations>()));
        Assert.Equal(["locked"], await StepAsync(TimeSpan.FromDays(91)));
        Assert.Empty(await StepAsync(TimeSpan.FromMinutes(5), () => app.RunTimerAsync<LockExpiredAccounts>()));
        Assert.Equal(["expired", "expired"], await StepAsync(TimeSpan.FromDays(300)));
        Assert.Equal(["deleted"], await StepAsync(TimeSpan.FromDays(60), () => app.RunAllTimersAsync()));

        async Task<IEnumerable<string>> StepAsync(TimeSpan wait, Func<Task>? act = null)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            var since = app.Now;
            app.Clock.Advance(wait + TimeSpan.FromSeconds(1));
            await (act?.Invoke() ?? Task.CompletedTask);
            var answer = await office.BatchAsync(id, query: $"?changedSince={since.UtcDateTime:o}");
            Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
            return answer.Json["vouchers"]!.AsArray().Select(StatusOf).Order();
        }
    }

    [Fact]
    public async Task Who_polls_from_where_the_last_answer_said_misses_no_write_that_was_under_way()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(1);
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var person = new Journey(app, vouchers[0].Code, "a@example.ch");
        await person.RegisterAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        var earlier = await office.BatchAsync(id);

        var later = await office.BatchAsync(id, query: $"?changedSince={earlier.Json["asOf"]}");

        Assert.Equal("pending", StatusOf(Assert.Single(later.Json["vouchers"]!.AsArray())));
    }

    [Theory]
    [InlineData("GET", "application/json")]
    [InlineData("GET", "text/csv")]
    [InlineData("GET", "application/pdf")]
    [InlineData("POST", "application/json")]
    public async Task A_batch_that_was_not_completed_hands_out_no_code(string method, string accept)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var id = await ForeignObjects.IncompleteBatchAsync(app, office);
        var path = $"/api/vouchers/batches/{id}{(method == "POST" ? "/revoke" : "")}";

        var answer = await app.Client.SendAsync(HttpMethod.Parse(method), path, null, office.Key, ("Accept", accept));

        Assert.Equal("batch-incomplete", answer.Code);
    }

    [Fact]
    public async Task Revoking_a_batch_revokes_what_nobody_has_entered()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(5);
        using var active = new Journey(app, vouchers[0].Code, "a@example.ch");
        await active.RegisterAsync();
        await active.ActivateAsync();
        using var pending = new Journey(app, vouchers[1].Code, "b@example.ch");
        await pending.RegisterAsync();

        var first = await office.PostAsync($"/api/vouchers/batches/{id}/revoke");
        var again = await office.PostAsync($"/api/vouchers/batches/{id}/revoke");

        Assert.Equal("""{"revoked":3,"pending":1,"used":1}""", first.Body);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(["active", "pending", "revoked", "revoked", "revoked"], (await office.BatchAsync(id)).Json["vouchers"]!.AsArray().Select(StatusOf));
    }

    [Fact]
    public async Task What_is_told_of_a_batch_names_nobody()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(1);
        using var person = new Journey(app, vouchers[0].Code, "marked-address@example.ch");
        await person.RegisterAsync("Marked Name");
        await person.ActivateAsync();

        string[] told =
        [
            (await office.BatchAsync(id)).Body, (await office.BatchAsync(id, "text/csv")).Body, (await office.GetAsync($"/api/vouchers/{vouchers[0].Id}")).Body,
            (await office.GetAsync("/api/counts")).Body,
        ];

        Assert.All(told, body => Assert.DoesNotContain("marked", body, StringComparison.OrdinalIgnoreCase));
    }

    private static string StatusOf(JsonNode? voucher) => voucher!["status"]!.GetValue<string>();

    private static IEnumerable<string> IdsOf(Answer answer) => answer.Json["vouchers"]!.AsArray().Select(voucher => voucher!["id"]!.GetValue<string>());
}
