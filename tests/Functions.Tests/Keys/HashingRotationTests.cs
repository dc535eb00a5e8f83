using System.Net;
using VoucherFunctions.Issuers;
using VoucherFunctions.Testing;
using Xunit;
using Office = VoucherFunctions.Testing.Office;

namespace VoucherFunctions.Tests.Keys;

/// <summary>The hashing key changes: codes, addresses and links from before are found, and instances with either ring exclude each other.</summary>
public sealed class HashingRotationTests(AzuriteFixture azurite)
{
    private const string Email = "anne@example.ch";

    [Fact]
    public async Task A_voucher_from_before_leads_to_an_account_afterwards()
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var issued = await Journey.WithVoucherAsync(before);
        await using var app = await BesideAsync(before, 2, 1);
        using var person = new Journey(app, issued.Code, Email);

        (await person.CheckAsync()).MustBe(HttpStatusCode.OK);
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Links_and_handles_are_understood_by_instances_with_either_ring()
    {
        await using var first = await TestApp.StartAsync(azurite);
        await using var added = await BesideAsync(first, 1, 2);
        await using var promoted = await BesideAsync(first, 2, 1);
        foreach (var (here, there) in new[] { (added, promoted), (promoted, added) })
        {
            using var person = await Journey.RegisteredAsync(here);
            using var elsewhere = new Journey(there, person.Code, person.Email);

            (await there.Client.PostAsync("/api/registrations/resend", new { handle = person.Handle })).MustBe(HttpStatusCode.TooManyRequests, "too-soon");
            (await elsewhere.ActivateAsync(await person.TokenAsync(), Journey.Password)).MustBe(HttpStatusCode.OK);
            (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
            (await elsewhere.CompleteResetAsync(await person.TokenAsync(), "lantern bluebell over the lake")).MustBe(HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task An_account_from_before_is_the_only_one_of_its_address()
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(before, Email);
        await using var app = await BesideAsync(before, 2, 1);
        using var again = await Journey.RegisteredAsync(app, Email);
        await app.SettleAsync();
        var link = Assert.Single(before.Mailbox.To(Email).Skip(1));
        Assert.Null(Journey.LinkIn(link.Content.Text));

        using var here = new Journey(app, person.Code, Email);
        (await here.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await here.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        Assert.NotNull(await here.TokenAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_instances_with_different_rings_give_one_address_one_account(bool isOldFirst)
    {
        await using var old = await TestApp.StartAsync(azurite);
        await using var added = await BesideAsync(old, 1, 2);
        var (here, there) = isOldFirst ? (old, added) : (added, old);
        using var second = await Journey.RegisteredAsync(there, Email);
        var token = await second.TokenAsync();
        using var first = await Journey.ActivatedAsync(here, Email);

        (await second.ActivateAsync(token, Journey.Password)).MustBe(HttpStatusCode.Conflict, "account-exists");
    }

    [Fact]
    public async Task An_erasure_after_the_change_leaves_nothing_from_before_it()
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(before, Email);
        var traces = Traces.Of(before, "Anne Muster", Email);
        await using var app = await BesideAsync(before, 2, 1);
        using var here = new Journey(app, person.Code, Email);
        (await here.LogInAsync()).MustBe(HttpStatusCode.OK);

        (await here.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        await traces.AssertGoneAsync();
        Assert.Empty(await app.DumpAsync("vouchers", "emails", "due"));
    }

    [Fact]
    public async Task A_voucher_whose_account_was_erased_before_stays_used()
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(before);
        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        await using var app = await BesideAsync(before, 2, 1);

        (await new Journey(app, person.Code, Email).CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_codes()
    {
        await using var before = await TestApp.StartAsync(azurite);
        var first = await IssueAsync(before, "same");
        await using var app = await BesideAsync(before, 2, 1);

        var again = await IssueAsync(app, "same");

        Assert.Equal(first.MustBe(HttpStatusCode.Created).Body, again.MustBe(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task When_the_old_key_has_left_a_batch_of_its_time_is_unknown_and_breaks_nothing()
    {
        await using var before = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(before);
        var (batch, _) = await office.NewBatchAsync(3);
        await using var app = await BesideAsync(before, 2);

        (await app.Client.GetAsync($"/api/vouchers/batches/{batch}", office.Key)).MustBe(HttpStatusCode.NotFound, "batch-unknown");
        (await app.Client.GetAsync("/api/counts", office.Key)).MustBe(HttpStatusCode.OK);
        Assert.Equal((0, 0), await app.RunTimerAsync<CountVouchers>());
    }

    [Fact]
    public async Task The_old_key_is_needed_until_the_last_voucher_of_its_time_has_lived()
    {
        await using var before = await TestApp.StartAsync(azurite);
        await using var app = await BesideAsync(before, 2, 1);

        Assert.Equal(
            """{"version":1,"inRing":true,"firstUsedAt":"2026-11-22T10:00:00Z","neededUntil":"2033-02-20T23:00:00Z","mayLeave":false}""", await OldKeyAsync(app));
        app.MoveTo("2033-02-20T23:00:00Z");
        Assert.Contains("\"mayLeave\":true", await OldKeyAsync(app), StringComparison.Ordinal);
        await using var alone = await BesideAsync(before, 2);
        (await alone.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.OK);
    }

    private Task<TestApp> BesideAsync(TestApp app, params int[] versions) => Ring.BesideAsync(azurite, app, "Keys:Hashing", Ring.Hashing(versions));

    private static async Task<string> OldKeyAsync(TestApp app) => (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/keys")).Json["hashing"]!["versions"]!.AsArray()
        .Single(each => each!["version"]!.GetValue<int>() == 1)!.ToJsonString();

    private static Task<Answer> IssueAsync(TestApp app, string key) =>
        app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count = 2 }, app.IssuerKey, ("Idempotency-Key", key));
}
