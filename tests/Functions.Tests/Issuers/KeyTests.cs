using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Issuers;
using VoucherFunctions.Testing;
using Xunit;
using Office = VoucherFunctions.Testing.Office;

namespace VoucherFunctions.Tests.Issuers;

public sealed class KeyTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Administrators_see_when_a_key_was_last_used_to_the_hour()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        Assert.Null((await KeyAsync(app, office))["lastUsedAt"]);
        var first = app.Now;
        await office.NewBatchAsync(1);
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        await office.NewBatchAsync(1);
        Assert.Equal(first, await LastUsedAsync(app, office));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await office.NewBatchAsync(1);

        Assert.Equal(first.AddHours(1), await LastUsedAsync(app, office));
    }

    [Fact]
    public async Task Noting_the_use_of_a_key_costs_the_request_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (_, vouchers) = await office.NewBatchAsync(1);
        app.Clock.Advance(TimeSpan.FromHours(2));

        await office.GetAsync($"/api/vouchers/{vouchers[0].Id}");

        Assert.Equal(2, app.Calls.OfLastRequest.Count);
    }

    [Fact]
    public async Task An_office_has_two_keys_of_each_kind_at_most()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        await office.WithNewKeyAsync();
        await office.WithNewKeyAsync(test: true);
        await office.WithNewKeyAsync(test: true);

        var live = await app.AdminAsync(HttpMethod.Post, $"/api/issuers/{office.Id}/keys", new { test = false });
        var test = await app.AdminAsync(HttpMethod.Post, $"/api/issuers/{office.Id}/keys", new { test = true });

        Assert.Equal(("too-many-keys", "too-many-keys"), (live.Code, test.Code));
    }

    [Fact]
    public async Task A_key_is_replaced_without_a_gap()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var old = await Office.NewAsync(app);
        var next = await old.WithNewKeyAsync();
        Assert.Equal(HttpStatusCode.Created, (await old.IssueAsync(new { count = 1 })).Status);
        Assert.Equal(HttpStatusCode.Created, (await next.IssueAsync(new { count = 1 })).Status);

        var revoked = await app.AdminAsync(HttpMethod.Delete, $"/api/issuers/{old.Id}/keys/{old.KeyId}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.Status);
        Assert.Equal("key-required", (await old.IssueAsync(new { count = 1 })).Code);
        Assert.Equal(HttpStatusCode.Created, (await next.IssueAsync(new { count = 1 })).Status);
    }

    [Fact]
    public async Task Offices_and_keys_are_made_changed_and_revoked_once_though_the_first_answer_to_every_write_is_lost()
    {
        var losing = new LosingAnswers { IsLosing = true };
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.Hurry().AddPolicy(losing, HttpPipelinePosition.PerRetry));
        var old = await Office.NewAsync(app, "ORP Fribourg");
        var next = await old.WithNewKeyAsync();
        var lost = losing.Lost;

        var changed = await app.AdminAsync(HttpMethod.Patch, $"/api/issuers/{old.Id}", new { dailyQuota = 7 });
        var revoked = await app.AdminAsync(HttpMethod.Delete, $"/api/issuers/{old.Id}/keys/{old.KeyId}");
        losing.IsLosing = false;

        Assert.Equal(2, losing.Lost - lost);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (changed.Status, revoked.Status));
        Assert.Equal("key-required", (await old.IssueAsync(new { count = 1 })).Code);
        Assert.Equal(HttpStatusCode.Created, (await next.IssueAsync(new { count = 1 })).Status);
        var offices = (await app.AdminAsync(HttpMethod.Get, "/api/issuers")).Json["issuers"]!.AsArray();
        var office = Assert.Single(offices, each => each!["name"]!.GetValue<string>() == "ORP Fribourg")!;
        Assert.Equal(next.KeyId, Assert.Single(office["keys"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal(7, office["dailyQuota"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_used_up_quota_tells_when_it_begins_anew()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app, dailyQuota: 2);
        await office.NewBatchAsync(1);

        var answer = await office.IssueAsync(new { count = 2 });

        Assert.Equal("quota-exceeded", answer.Code);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), answer.Instant("resetsAt"));
        Assert.Equal(TimeSpan.FromHours(14), answer.Headers.RetryAfter!.Delta);
        app.Clock.Advance(TimeSpan.FromHours(14));
        Assert.Equal(HttpStatusCode.Created, (await office.IssueAsync(new { count = 2 })).Status);
    }

    private static async Task<DateTimeOffset> LastUsedAsync(TestApp app, Office office) =>
        DateTimeOffset.Parse((await KeyAsync(app, office))["lastUsedAt"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<JsonNode> KeyAsync(TestApp app, Office office)
    {
        await app.Services.GetRequiredService<KeyUses>().WhenWrittenAsync();
        var offices = await app.AdminAsync(HttpMethod.Get, "/api/issuers");
        return offices.Json["issuers"]!.AsArray().Single(each => each!["id"]!.GetValue<string>() == office.Id)!["keys"]![0]!;
    }
}
