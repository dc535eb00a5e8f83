using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Settings;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class AdministratorTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_new_office_has_no_key_and_the_default_quota()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var office = await app.Client.PostAsync("/api/issuers", new { name = " ORP Lausanne " }, TestApp.AdminKey);

        Assert.Equal(
            $$"""{"id":"{{office.MustBe(HttpStatusCode.Created).Text("id")}}","name":"ORP Lausanne","createdAt":"2026-11-22T10:00:00Z","dailyQuota":1000,"disabled":false,"keys":[]}""",
            office.Body);
    }

    [Fact]
    public async Task An_office_is_where_the_answer_to_its_creation_says()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var created = await app.Client.PostAsync("/api/issuers", new { name = "ORP Lausanne" }, TestApp.AdminKey);

        var found = await app.Client.GetAsync(created.Headers.Location!.ToString(), TestApp.AdminKey);

        Assert.Equal(created.Body, found.MustBe(HttpStatusCode.OK).Body);
    }

    [Theory]
    [InlineData("admin_one", "POST", "/api/issuers", "cantonal-desk", "CreateIssuer")]
    [InlineData("admin_one", "GET", "/api/issuers", "cantonal-desk", "ListIssuers")]
    [InlineData("admin_two", "GET", "/api/issuers", "on-call-2", "ListIssuers")]
    [InlineData("admin_three", "GET", "/api/lifecycle/erasures", "09a51717", "ListErasures")]
    [InlineData("admin_two", "GET", "/api/lifecycle/outlook", "on-call-2", "GetLifecycleOutlook")]
    [InlineData("admin_one", "GET", "/api/lifecycle/keys", "cantonal-desk", "GetLifecycleKeys")]
    [InlineData("admin_nobody", "GET", "/api/issuers", null, "ListIssuers")]
    public async Task The_log_names_the_administrators_key_and_what_it_was_used_for(string key, string method, string path, string? name, string function)
    {
        using var log = new CapturedLog();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Settings["Admin:KeyHashes"] = $"{Named(TestApp.AdminKey, "test=")},{Named("admin_one", "cantonal-desk=")},{Named("admin_two", "on-call-2=")},{Named("admin_three", "")}";
            options.Services = services => services.AddSingleton<ILoggerProvider>(log);
        });

        var answer = await app.Client.SendAsync(new HttpMethod(method), path, method == "POST" ? new { name = "ORP Lausanne" } : null, key);

        Assert.Equal(name is not null, answer.Status is HttpStatusCode.OK or HttpStatusCode.Created);
        Assert.Single(log.Lines, line => line.Contains(
            name is null ? $": A wrong administrator's key was refused for {function}." : $": The administrator's key {name} was used for {function}.", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(key, StringComparison.Ordinal));

        static string Named(string key, string name) => name + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    [Theory]
    [InlineData("Desk=", false)]
    [InlineData("=", false)]
    [InlineData("a b=", false)]
    [InlineData("name\n=", false)]
    [InlineData("desk=,desk=", false)]
    [InlineData("a-name-of-more-than-forty-characters-in-all=", false)]
    [InlineData("desk=", true)]
    [InlineData("desk=,other=", true)]
    [InlineData("", true)]
    public void The_app_starts_only_with_keys_of_different_plain_names(string names, bool starts)
    {
        var options = new AdminOptions { KeyHashes = string.Join(',', names.Split(',').Select(name => name + new string('a', 64))) };

        Assert.Equal(starts, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }

    [Fact]
    public async Task A_key_is_shown_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var id = await NewIssuerAsync(app);

        var key = (await app.Client.PostAsync($"/api/issuers/{id}/keys", null, TestApp.AdminKey)).MustBe(HttpStatusCode.Created);

        var list = (await app.Client.GetAsync("/api/issuers", TestApp.AdminKey)).MustBe(HttpStatusCode.OK);
        Assert.Contains($"\"id\":\"{key.Text("id")}\"", list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Text("key").Split('_', 4)[3], list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(await app.DumpAsync(), row => row.Contains(key.Text("key").Split('_', 4)[3], StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_office_has_two_keys_at_most_so_that_one_can_be_replaced_without_a_gap()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var id = await NewIssuerAsync(app);
        var first = await NewKeyAsync(app, id);
        var second = await NewKeyAsync(app, id);

        (await app.Client.PostAsync($"/api/issuers/{id}/keys", null, TestApp.AdminKey)).MustBe(HttpStatusCode.Conflict, "too-many-keys");
        (await IssueAsync(app, first)).MustBe(HttpStatusCode.Created);
        (await IssueAsync(app, second)).MustBe(HttpStatusCode.Created);
        (await app.Client.SendAsync(HttpMethod.Delete, $"/api/issuers/{id}/keys/{first.Split('_')[2]}", null, TestApp.AdminKey)).MustBe(HttpStatusCode.NoContent);

        (await IssueAsync(app, first)).MustBe(HttpStatusCode.Unauthorized, "key-required");
        (await IssueAsync(app, second)).MustBe(HttpStatusCode.Created);
        (await app.Client.PostAsync($"/api/issuers/{id}/keys", null, TestApp.AdminKey)).MustBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_disabled_office_is_refused_until_it_is_enabled_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var id = await NewIssuerAsync(app);
        var key = await NewKeyAsync(app, id);

        (await app.Client.SendAsync(HttpMethod.Patch, $"/api/issuers/{id}", new { disabled = true }, TestApp.AdminKey)).MustBe(HttpStatusCode.OK);
        (await IssueAsync(app, key)).MustBe(HttpStatusCode.Forbidden, "issuer-disabled");
        (await app.Client.SendAsync(HttpMethod.Patch, $"/api/issuers/{id}", new { disabled = false }, TestApp.AdminKey)).MustBe(HttpStatusCode.OK);

        (await IssueAsync(app, key)).MustBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_changed_quota_counts_at_once_and_leaves_the_rest()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var id = await NewIssuerAsync(app);
        var key = await NewKeyAsync(app, id);

        var changed = await app.Client.SendAsync(HttpMethod.Patch, $"/api/issuers/{id}", new { dailyQuota = 0 }, TestApp.AdminKey);

        Assert.Equal((0, "ORP Lausanne"), (changed.MustBe(HttpStatusCode.OK).Json["dailyQuota"]!.GetValue<int>(), changed.Text("name")));
        (await IssueAsync(app, key)).MustBe(HttpStatusCode.TooManyRequests, "quota-exceeded");
    }

    [Fact]
    public async Task Offices_and_keys_that_do_not_exist_are_unknown()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var id = await NewIssuerAsync(app);

        (await app.Client.GetAsync("/api/issuers/00000000", TestApp.AdminKey)).MustBe(HttpStatusCode.NotFound, "issuer-unknown");
        (await app.Client.SendAsync(HttpMethod.Patch, "/api/issuers/00000000", new { disabled = true }, TestApp.AdminKey)).MustBe(HttpStatusCode.NotFound, "issuer-unknown");
        (await app.Client.PostAsync("/api/issuers/00000000/keys", null, TestApp.AdminKey)).MustBe(HttpStatusCode.NotFound, "issuer-unknown");
        (await app.Client.SendAsync(HttpMethod.Delete, $"/api/issuers/{id}/keys/00000000", null, TestApp.AdminKey)).MustBe(HttpStatusCode.NotFound, "key-unknown");
    }

    [Fact]
    public async Task The_outlook_counts_what_will_be_due_and_names_nobody()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var pending = await Journey.RegisteredAsync(app);
        using var active = await Journey.ActivatedAsync(app);
        await app.SettleAsync();

        var now = await app.Client.GetAsync("/api/lifecycle/outlook", TestApp.AdminKey);
        var tomorrow = await app.Client.GetAsync("/api/lifecycle/outlook?at=2026-11-23T10:00:00Z", TestApp.AdminKey);
        var later = await app.Client.GetAsync("/api/lifecycle/outlook?at=2028-11-22T00:00:00Z", TestApp.AdminKey);

        Assert.Equal("""{"at":"2026-11-22T10:00:00Z","lapse":0,"remind":0,"lock":0,"delete":0,"mail":0}""", now.MustBe(HttpStatusCode.OK).Body);
        Assert.Equal("""{"at":"2026-11-23T10:00:00Z","lapse":2,"remind":0,"lock":0,"delete":0,"mail":0}""", tomorrow.MustBe(HttpStatusCode.OK).Body);
        // Of the active account the lapse that came to nothing, and the look at its claim five minutes later, are still queued.
        Assert.Equal("""{"at":"2028-11-22T00:00:00Z","lapse":3,"remind":3,"lock":1,"delete":1,"mail":0}""", later.MustBe(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task The_outlook_tells_what_has_been_waiting_for_longest()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var pending = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromHours(30));

        var answer = await app.Client.GetAsync("/api/lifecycle/outlook", TestApp.AdminKey);

        Assert.Equal(("lapse", "2026-11-23T10:00:00Z"), (answer.MustBe(HttpStatusCode.OK).Text("oldestOverdueKind"), answer.Text("oldestOverdueSince")));
    }

    private static async Task<string> NewIssuerAsync(TestApp app) =>
        (await app.Client.PostAsync("/api/issuers", new { name = "ORP Lausanne" }, TestApp.AdminKey)).MustBe(HttpStatusCode.Created).Text("id");

    private static async Task<string> NewKeyAsync(TestApp app, string office) =>
        (await app.Client.PostAsync($"/api/issuers/{office}/keys", null, TestApp.AdminKey)).MustBe(HttpStatusCode.Created).Text("key");

    private static Task<Answer> IssueAsync(TestApp app, string key) =>
        app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count = 1 }, key, ("Idempotency-Key", Guid.NewGuid().ToString()));
}
