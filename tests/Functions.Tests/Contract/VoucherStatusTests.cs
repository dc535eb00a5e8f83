using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

/// <summary>What an office sees of its vouchers: their fate, never whose they are.</summary>
public sealed class VoucherStatusTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_voucher_is_seen_on_its_way_from_issued_to_deleted()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (id, code) = (await Journey.IssueAsync(app, 1))[0];
        using var person = new Journey(app, code, "anne@example.ch");
        var seen = new List<string> { await SeeAsync(app, id) };

        await person.RegisterAsync();
        seen.Add(await SeeAsync(app, id));
        await person.ActivateAsync();
        seen.Add(await SeeAsync(app, id));
        app.Clock.Advance(TimeSpan.FromDays(91));
        seen.Add(await SeeAsync(app, id));
        app.Clock.Advance(TimeSpan.FromDays(364));
        await app.RunAllTimersAsync();
        await app.RunAllTimersAsync();
        seen.Add(await SeeAsync(app, id));

        Assert.Equal(
            [
                $$"""{"id":"{{id}}","status":"issued","issuedAt":"2026-11-22T10:00:00Z"}""",
                $$"""{"id":"{{id}}","status":"pending","issuedAt":"2026-11-22T10:00:00Z","enteredAt":"2026-11-22T10:00:00Z"}""",
                $$"""{"id":"{{id}}","status":"active","issuedAt":"2026-11-22T10:00:00Z","enteredAt":"2026-11-22T10:00:00Z","accessUntil":"2027-02-20T23:00:00Z"}""",
                $$"""{"id":"{{id}}","status":"locked","issuedAt":"2026-11-22T10:00:00Z","enteredAt":"2026-11-22T10:00:00Z","accessUntil":"2027-02-20T23:00:00Z"}""",
                $$"""{"id":"{{id}}","status":"deleted"}""",
            ],
            seen);
    }

    [Fact]
    public async Task A_voucher_that_nobody_entered_in_time_is_expired()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var id = (await Journey.IssueAsync(app, 1))[0].Id;
        app.Clock.Advance(TimeSpan.FromDays(365));

        Assert.Contains("\"status\":\"expired\"", await SeeAsync(app, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_lists_each_voucher_with_its_status_and_no_code()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var issued = await app.Client.SendAsync(
            HttpMethod.Post, "/api/vouchers", new { count = 3, reference = "R-1" }, app.IssuerKey, ("Idempotency-Key", "key"));
        var vouchers = issued.Json["vouchers"]!.AsArray();
        using var person = new Journey(app, vouchers[1]!["code"]!.GetValue<string>(), "anne@example.ch");
        await person.RegisterAsync();

        var batch = await app.Client.GetAsync($"/api/vouchers/batches/{issued.Text("batchId")}", app.IssuerKey);

        batch.MustBe(HttpStatusCode.OK);
        Assert.Equal((3, "R-1"), (batch.Json["count"]!.GetValue<int>(), batch.Text("reference")));
        Assert.Equal(["issued", "pending", "issued"], batch.Json["vouchers"]!.AsArray().Select(voucher => voucher!["status"]!.GetValue<string>()));
        Assert.Equal(vouchers.Select(voucher => $"{voucher!["id"]}"), batch.Json["vouchers"]!.AsArray().Select(voucher => $"{voucher!["id"]}"));
        Assert.All(vouchers, voucher => Assert.DoesNotContain($"{voucher!["code"]}", batch.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unused_voucher_is_revoked_once_and_for_all()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (id, code) = (await Journey.IssueAsync(app, 1))[0];

        (await RevokeAsync(app, id)).MustBe(HttpStatusCode.NoContent);
        (await RevokeAsync(app, id)).MustBe(HttpStatusCode.NoContent);

        (await app.Client.PostAsync("/api/vouchers/check", new { code })).MustBe(HttpStatusCode.Gone, "voucher-revoked");
        Assert.Contains("\"status\":\"revoked\"", await SeeAsync(app, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_voucher_that_somebody_entered_is_not_revoked_until_the_registration_lapses()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (id, code) = (await Journey.IssueAsync(app, 1))[0];
        using var person = new Journey(app, code, "anne@example.ch");
        await person.RegisterAsync();

        (await RevokeAsync(app, id)).MustBe(HttpStatusCode.Conflict, "voucher-pending");
        app.Clock.Advance(TimeSpan.FromHours(24));
        (await RevokeAsync(app, id)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_used_voucher_is_not_revoked_not_even_after_its_account_was_erased()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (id, code) = (await Journey.IssueAsync(app, 1))[0];
        using var person = new Journey(app, code, "anne@example.ch");
        await person.RegisterAsync();
        await person.ActivateAsync();

        (await RevokeAsync(app, id)).MustBe(HttpStatusCode.Conflict, "voucher-used");
        await person.EraseAsync();
        (await RevokeAsync(app, id)).MustBe(HttpStatusCode.Conflict, "voucher-used");
    }

    private static async Task<string> SeeAsync(TestApp app, string id) =>
        (await app.Client.GetAsync($"/api/vouchers/{id}", app.IssuerKey)).MustBe(HttpStatusCode.OK).Body;

    private static Task<Answer> RevokeAsync(TestApp app, string id) => app.Client.PostAsync($"/api/vouchers/{id}/revoke", null, app.IssuerKey);
}
