using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class KeyTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Malformed =>
    [
        "x", "vf", "vf_", "vf_a_b", "vf_aaaaaaaa_bbbbbbbb", "vf_%00_x_y", "vf_a/b_cccccccc_dddd", "VF_00000000_00000000_AAAA", new string('v', 5000), "vf___", TestApp.AdminKey,
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_key_that_has_not_the_form_of_one_is_refused_without_asking_the_storage(string key)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await app.Client.SendAsync(HttpMethod.Get, "/api/vouchers/x", null, headers: ("Authorization", $"Bearer {key}"));

        answer.MustBe(HttpStatusCode.Unauthorized, "key-required");
        Assert.Empty(app.Calls.OfLastRequest);
    }

    [Fact]
    public async Task A_key_with_any_symbol_changed_is_refused()
    {
        await using var app = await TestApp.StartAsync(azurite);

        for (var position = 3; position < app.IssuerKey.Length; position += 5)
        {
            var changed = app.IssuerKey[position] == 'a' ? 'b' : 'a';
            var key = $"{app.IssuerKey[..position]}{changed}{app.IssuerKey[(position + 1)..]}";
            (await app.Client.GetAsync("/api/vouchers/x", key)).MustBe(HttpStatusCode.Unauthorized, "key-required");
        }
        (await app.Client.GetAsync("/api/vouchers/x", app.IssuerKey)).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
    }

    [Fact]
    public async Task A_key_is_of_one_office_only()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var other = (await app.NewIssuerKeyAsync("RAV Bern")).Split('_', 4);
        var ours = app.IssuerKey.Split('_', 4);

        (await app.Client.GetAsync("/api/vouchers/x", $"vf_{other[1]}_{ours[2]}_{ours[3]}")).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.GetAsync("/api/vouchers/x", $"vf_{ours[1]}_{other[2]}_{ours[3]}")).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.GetAsync("/api/vouchers/x", $"vf_{ours[1]}_{ours[2]}_")).MustBe(HttpStatusCode.Unauthorized, "key-required");
    }

    [Fact]
    public async Task A_key_gets_through_a_proxy_that_puts_a_token_of_its_own_into_Authorization()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var token = ("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl");

        (await app.Client.SendAsync(HttpMethod.Get, "/api/vouchers/x", null, headers: [("X-Api-Key", app.IssuerKey), token])).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        (await app.Client.SendAsync(HttpMethod.Get, "/api/issuers", null, headers: [("X-Api-Key", TestApp.AdminKey), token])).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_keys_the_one_in_the_header_of_its_own_counts_right_or_wrong()
    {
        await using var app = await TestApp.StartAsync(azurite);

        foreach (var wrong in (string[])["", "x", TestApp.AdminKey, app.IssuerKey[..^1], $"{app.IssuerKey},{app.IssuerKey}", $"Bearer {app.IssuerKey}"])
        {
            (await app.Client.SendAsync(HttpMethod.Get, "/api/vouchers/x", null, app.IssuerKey, ("X-Api-Key", wrong))).MustBe(HttpStatusCode.Unauthorized, "key-required");
        }
        (await app.Client.SendAsync(HttpMethod.Get, "/api/issuers", null, TestApp.AdminKey, ("X-Api-Key", app.IssuerKey))).MustBe(HttpStatusCode.Unauthorized, "key-required");
    }

    [Fact]
    public async Task A_key_counts_in_the_header_only()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var key = Uri.EscapeDataString(app.IssuerKey);

        (await app.Client.GetAsync($"/api/vouchers/x?code={key}&key={key}&access_token={key}", bearer: null)).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.SendAsync(HttpMethod.Get, "/api/vouchers/x", null, headers: ("x-functions-key", app.IssuerKey))).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.SendAsync(HttpMethod.Get, "/api/vouchers/x", null, headers: ("Authorization", $"Basic {app.IssuerKey}"))).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.SendAsync(HttpMethod.Get, "/api/vouchers/x", null, headers: ("X-MS-CLIENT-PRINCIPAL", "eyJ1c2VyUm9sZXMiOlsiYWRtaW4iXX0="))).MustBe(HttpStatusCode.Unauthorized, "key-required");
    }

    [Fact]
    public async Task An_office_is_no_administrator_and_an_administrator_no_office()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await app.Client.GetAsync("/api/issuers", app.IssuerKey)).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.GetAsync("/api/lifecycle/outlook", app.IssuerKey)).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.GetAsync("/api/vouchers/x", TestApp.AdminKey)).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await person.Client.GetAsync("/api/issuers", bearer: null)).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await app.Client.GetAsync("/api/profile", app.IssuerKey)).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }
}
