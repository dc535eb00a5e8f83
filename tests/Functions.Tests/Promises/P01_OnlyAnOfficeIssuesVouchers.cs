using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P01_OnlyAnOfficeIssuesVouchers(AzuriteFixture azurite)
{
    /// <summary>Valid by its check symbol, issued by nobody.</summary>
    private const string InventedCode = "0000-0000-0000-0000";

    [Fact]
    public async Task An_office_issues_vouchers_with_its_key()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var issued = await IssueAsync(app.Client, app.IssuerKey);

        issued.MustBe(HttpStatusCode.Created);
        Assert.Equal(2, issued.Json["vouchers"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("admin_test_key")]
    [InlineData("vf_aaaaaaaa_bbbbbbbb_c2VjcmV0")]
    public async Task Without_the_key_of_an_office_nothing_is_issued(string? key)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var refused = await IssueAsync(app.Client, key);

        refused.MustBe(HttpStatusCode.Unauthorized, "key-required");
        Assert.Empty(await app.DumpAsync("vouchers"));
    }

    [Fact]
    public async Task With_the_ids_of_a_key_and_another_secret_nothing_is_issued()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var forged = app.IssuerKey[..^1] + (app.IssuerKey[^1] == 'A' ? 'B' : 'A');

        var refused = await IssueAsync(app.Client, forged);

        refused.MustBe(HttpStatusCode.Unauthorized, "key-required");
        Assert.Empty(await app.DumpAsync("vouchers"));
    }

    [Fact]
    public async Task A_participant_cannot_issue_vouchers()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var before = await StatesAsync(app);

        var refused = await IssueAsync(person.Client, key: null);

        refused.MustBe(HttpStatusCode.Unauthorized, "key-required");
        Assert.Equal(before, await StatesAsync(app));
    }

    [Fact]
    public async Task An_office_that_was_disabled_issues_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var issuerId = app.IssuerKey.Split('_')[1];
        var disabled = await app.Client.SendAsync(HttpMethod.Patch, $"/api/issuers/{issuerId}", new { disabled = true }, "admin_test_key");

        var refused = await IssueAsync(app.Client, app.IssuerKey);

        disabled.MustBe(HttpStatusCode.OK);
        refused.MustBe(HttpStatusCode.Forbidden, "issuer-disabled");
        Assert.Empty(await app.DumpAsync("vouchers"));
    }

    [Fact]
    public async Task A_code_that_no_office_issued_is_unknown_and_entering_it_creates_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var inventor = new Journey(app, InventedCode, "inventor@example.ch");

        (await inventor.CheckAsync()).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        (await inventor.RegisterAsync()).MustBe(HttpStatusCode.NotFound, "voucher-unknown");

        Assert.Empty(await app.DumpAsync("vouchers", "emails", "due"));
        Assert.Empty(app.Mailbox.All);
    }

    [Fact]
    public async Task A_whole_life_of_an_account_creates_no_other_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        var issued = await StatesAsync(app);

        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo("2027-02-20T23:00:00Z");
        await app.RunAllTimersAsync();

        Assert.Equal(issued, await StatesAsync(app));
    }

    private static Task<Answer> IssueAsync(HttpClient client, string? key) =>
        client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count = 2 }, key, ("Idempotency-Key", Guid.NewGuid().ToString()));

    /// <summary>Which vouchers there are, whatever their state.</summary>
    private static async Task<IReadOnlyList<string>> StatesAsync(TestApp app) =>
        [.. (await app.DumpAsync("vouchers")).Where(line => line.Contains("RowKey=state", StringComparison.Ordinal))
            .Select(line => line.Split(" | ").Single(property => property.Contains("PartitionKey=", StringComparison.Ordinal)))];
}
