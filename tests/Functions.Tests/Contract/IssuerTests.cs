using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class IssuerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_same_request_again_gets_the_same_vouchers()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var body = new { count = 3, reference = "R-1", redeemableUntil = "2027-01-31T00:00:00Z", language = "it" };

        var first = await IssueAsync(app, "key", body);
        app.Clock.Advance(TimeSpan.FromDays(1));
        var again = await IssueAsync(app, "key", body);

        Assert.Equal($"/api/vouchers/batches/{first.MustBe(HttpStatusCode.Created).Text("batchId")}", first.Headers.Location?.ToString());
        Assert.Equal(first.Body, again.MustBe(HttpStatusCode.OK).Body);
        Assert.Equal(3, first.Json["vouchers"]!.AsArray().Select(voucher => voucher!["code"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public async Task The_same_request_gets_the_same_vouchers_when_their_end_has_passed()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var body = new { count = 2, redeemableUntil = "2027-01-31T00:00:00Z" };
        var first = await IssueAsync(app, "key", body);

        app.MoveTo("2032-02-01T00:00:00Z");
        var again = await IssueAsync(app, "key", body);

        Assert.Equal(first.Body, again.MustBe(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_vouchers_when_their_accounts_are_deleted_and_creates_none_of_them_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var first = await IssueAsync(app, "key", new { count = 1 });
        using var person = new Journey(app, first.Json["vouchers"]![0]!["code"]!.GetValue<string>(), "anne@example.ch");
        await person.RegisterAsync();
        await person.ActivateAsync();
        await person.EraseAsync();

        var again = await IssueAsync(app, "key", new { count = 1 });

        Assert.Equal(first.Body, again.MustBe(HttpStatusCode.OK).Body);
        Assert.Empty(await app.DumpAsync("vouchers"));
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await IssueAsync(app, "key", new { count = 1 });

        (await IssueAsync(app, "key", new { count = 2 })).MustBe(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await IssueAsync(app, "key", new { count = 1, reference = "R-2" })).MustBe(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await IssueAsync(app, "key", new { count = 1, language = "de" })).MustBe(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task The_same_request_many_times_at_once_makes_one_batch()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => IssueAsync(app, "key", new { count = 5 })));

        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(5, (await app.DumpAsync("vouchers")).Count);
    }

    [Fact]
    public async Task The_same_key_of_another_office_is_another_request()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var other = await app.NewIssuerKeyAsync("RAV Bern");

        var ours = await IssueAsync(app, "key", new { count = 1 });
        var theirs = await IssueAsync(app, "key", new { count = 1 }, other);

        Assert.NotEqual(ours.MustBe(HttpStatusCode.Created).Body, theirs.MustBe(HttpStatusCode.Created).Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a b")]
    [InlineData("256")]
    public async Task A_request_without_a_usable_idempotency_key_is_refused(string? key)
    {
        await using var app = await TestApp.StartAsync(azurite);
        (string, string)[] headers = key is null ? [] : [("Idempotency-Key", key == "256" ? new string('k', 256) : key)];

        var answer = await app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count = 1 }, app.IssuerKey, headers);

        answer.MustBe(HttpStatusCode.BadRequest, "idempotency-key-missing");
    }

    [Fact]
    public async Task A_voucher_is_handed_over_with_a_link_that_fills_the_code_in()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await IssueAsync(app, "key", new { count = 1, language = "de" });

        var voucher = answer.MustBe(HttpStatusCode.Created).Json["vouchers"]![0]!;
        Assert.Equal($"http://localhost:4280/?lang=de#code={voucher["code"]}", voucher["registrationUrl"]!.GetValue<string>());
        Assert.Equal("2027-11-22T10:00:00Z", voucher["redeemableUntil"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("N° 756 1234 5678 97, dossier", "personal")]
    [InlineData("anne.muster@example.ch", "personal")]
    [InlineData("line\nbreak", "invalid")]
    [InlineData("zero\u200Bwidth", "invalid")]
    public async Task A_reference_that_tells_who_it_is_for_or_hides_something_is_refused(string reference, string reason)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await IssueAsync(app, "key", new { count = 1, reference });

        Assert.Equal(reason, answer.MustBe(HttpStatusCode.BadRequest, "invalid-request").Json["errors"]!["reference"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"count":0}""")]
    [InlineData("""{"count":-1}""")]
    [InlineData("""{"count":1001}""")]
    [InlineData("""{"count":1,"redeemableUntil":"2026-11-22T10:00:00Z"}""")]
    [InlineData("""{"count":1,"redeemableUntil":"2032-01-01T00:00:00Z"}""")]
    [InlineData("""{"count":1,"language":"rm"}""")]
    public async Task A_request_out_of_range_issues_nothing(string body)
    {
        await using var app = await TestApp.StartAsync(azurite);

        (await IssueAsync(app, "key", HttpClientExtensions.Raw(body))).MustBe(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Empty(await app.DumpAsync("vouchers"));
    }

    [Fact]
    public async Task The_daily_quota_holds_until_midnight_and_counts_a_repetition_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var key = await app.NewIssuerKeyAsync(dailyQuota: 3);
        (await IssueAsync(app, "one", new { count = 2 }, key)).MustBe(HttpStatusCode.Created);

        var tooMany = await IssueAsync(app, "two", new { count = 2 }, key);

        Assert.Equal(14 * 3600, tooMany.MustBe(HttpStatusCode.TooManyRequests, "quota-exceeded").RetryAfter);
        (await IssueAsync(app, "three", new { count = 1 }, key)).MustBe(HttpStatusCode.Created);
        (await IssueAsync(app, "one", new { count = 2 }, key)).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromHours(14));
        (await IssueAsync(app, "two", new { count = 3 }, key)).MustBe(HttpStatusCode.Created);
    }

    /// <summary>Another process, whose clock is two minutes behind, is still in the day before: it does not begin the quota anew.</summary>
    [Fact]
    public async Task The_daily_quota_holds_at_midnight_whosever_clock_is_behind()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var key = await app.NewIssuerKeyAsync(dailyQuota: 2);
        app.MoveTo("2026-11-23T00:00:30Z");
        await using var behind = await TestApp.StartBehindAsync(azurite, app, TimeSpan.FromMinutes(2));
        (await IssueAsync(app, "one", new { count = 1 }, key)).MustBe(HttpStatusCode.Created);

        (await IssueAsync(behind, "two", new { count = 1 }, key)).MustBe(HttpStatusCode.Created);

        (await IssueAsync(app, "three", new { count = 1 }, key)).MustBe(HttpStatusCode.TooManyRequests, "quota-exceeded");
        var tooMany = await IssueAsync(behind, "four", new { count = 1 }, key);
        Assert.Equal(24 * 3600 + 90, tooMany.MustBe(HttpStatusCode.TooManyRequests, "quota-exceeded").RetryAfter);
        Assert.Equal("2026-11-24T00:00:00Z", tooMany.Json["resetsAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_clock_that_was_days_ahead_does_not_keep_an_office_waiting()
    {
        await using var ahead = await TestApp.StartAsync(azurite);
        var key = await ahead.NewIssuerKeyAsync(dailyQuota: 1);
        await using var app = await TestApp.StartBehindAsync(azurite, ahead, TimeSpan.FromDays(3));
        (await IssueAsync(ahead, "one", new { count = 1 }, key)).MustBe(HttpStatusCode.Created);

        (await IssueAsync(app, "two", new { count = 1 }, key)).MustBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_daily_quota_holds_in_parallel_too()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var key = await app.NewIssuerKeyAsync(dailyQuota: 5);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => IssueAsync(app, $"key{n}", new { count = 1 }, key)));

        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(7, answers.Count(answer => answer.Code == "quota-exceeded"));
    }

    [Fact]
    public async Task Vouchers_of_another_office_are_as_unknown_as_any()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var other = await app.NewIssuerKeyAsync("RAV Bern");
        var batch = await IssueAsync(app, "key", new { count = 1 });
        var id = batch.Json["vouchers"]![0]!["id"];
        var nowhere = await app.Client.GetAsync($"/api/vouchers/{new string('0', 32)}", other);

        var seen = await app.Client.GetAsync($"/api/vouchers/{id}", other);
        var revoked = await app.Client.PostAsync($"/api/vouchers/{id}/revoke", null, other);
        var listed = await app.Client.GetAsync($"/api/vouchers/batches/{batch.Text("batchId")}", other);

        seen.MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        Assert.Equal(nowhere.Body, seen.Body);
        revoked.MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        listed.MustBe(HttpStatusCode.NotFound, "batch-unknown");
        Assert.Equal("issued", (await app.Client.GetAsync($"/api/vouchers/{id}", app.IssuerKey)).Text("status"));
    }

    private static Task<Answer> IssueAsync(TestApp app, string idempotencyKey, object body, string? key = null) =>
        app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", body, key ?? app.IssuerKey, ("Idempotency-Key", idempotencyKey));
}
