using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Keys;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Keys;

/// <summary>What an administrator is told of the keys, and what is said aloud when one is missing.</summary>
public sealed class KeysTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_first_keys_are_known_from_the_start_and_stay()
    {
        await using var app = await TestApp.StartAsync(azurite);

        Assert.Equal(
            """{"hashing":{"current":1,"since":"2026-11-22T10:00:00Z","versions":[{"version":1,"inRing":true,"firstUsedAt":"2026-11-22T10:00:00Z","mayLeave":false}]}"""
            + ""","encryption":{"current":1,"since":"2026-11-22T10:00:00Z","versions":[{"version":1,"inRing":true,"firstUsedAt":"2026-11-22T10:00:00Z","mayLeave":false}]}}""",
            (await KeysAsync(app)).Body);
    }

    [Fact]
    public async Task The_old_key_may_leave_when_no_account_is_under_it_and_not_before()
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(before);
        await using var app = await Ring.BesideAsync(azurite, before, 2, 1);

        Assert.Equal("""{"begins":"2026-11-22T11:00:00Z","checked":0,"rewrapped":0,"failed":0,"completed":0}""", (await KeysAsync(app)).Json["rewrap"]!.ToJsonString());
        Assert.Equal("""{"version":1,"inRing":true,"firstUsedAt":"2026-11-22T10:00:00Z","mayLeave":false}""", await VersionAsync(app, 1));
        app.Clock.Advance(KeyRules.Grace);
        await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal(
            """{"version":1,"inRing":true,"firstUsedAt":"2026-11-22T10:00:00Z","unusedSince":"2026-11-22T11:00:00Z","mayLeave":true}""", await VersionAsync(app, 1));
        Assert.Equal("""{"version":2,"inRing":true,"firstUsedAt":"2026-11-22T10:00:00Z","mayLeave":false}""", await VersionAsync(app, 2));
        await using var after = await Ring.BesideAsync(azurite, before, 2);
        Assert.Equal("[2]", string.Join(',', (await KeysAsync(after)).Json["encryption"]!["versions"]!.AsArray().Select(version => $"[{version!["version"]}]")));
        (await after.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_that_accounts_need_and_that_is_missing_is_told_and_can_be_put_back()
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(before);
        using var log = new CapturedLog();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Beside = before;
            options.Settings["Keys:Encryption"] = Ring.Encryption(2);
            options.Services = services => services.AddSingleton<ILoggerProvider>(log);
        });

        Assert.Contains(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("Encryption: key 1 is not in the ring", StringComparison.Ordinal));
        (await app.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.ServiceUnavailable, "key-missing");
        Assert.Equal("""{"version":1,"inRing":false,"firstUsedAt":"2026-11-22T10:00:00Z","mayLeave":false}""", await VersionAsync(app, 1));
        app.Clock.Advance(KeyRules.Grace);
        await app.RunTimerAsync<RewrapAccountKeys>();
        Assert.Equal("1", (await KeysAsync(app)).Json["rewrap"]!["failed"]!.ToJsonString());

        await using var mended = await Ring.BesideAsync(azurite, before, 2, 1);
        (await mended.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.OK);
        await mended.RunTimerAsync<RewrapAccountKeys>();
        Assert.Contains("\"mayLeave\":true", await VersionAsync(mended, 1), StringComparison.Ordinal);
        Assert.Equal([2], await Ring.VersionsAsync(mended));
    }

    [Fact]
    public async Task Whoever_has_data_under_a_missing_key_is_told_that_the_service_is_at_fault_and_nothing_is_called_damaged()
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(before);
        (await person.PutDocumentAsync("CV.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);
        using var log = new CapturedLog();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Beside = before;
            options.Settings["Keys:Encryption"] = Ring.Encryption(2);
            options.Services = services => services.AddSingleton<ILoggerProvider>(log);
        });
        using var there = new Journey(app, person.Code, person.Email);

        (await there.LogInAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "key-missing");
        foreach (var path in (string[])["/api/profile", "/api/documents", "/api/documents/CV.pdf", "/api/documents.zip", "/api/profile/export"])
        {
            (await person.Client.GetAsync(new Uri(app.Address, path).ToString(), bearer: null)).MustBe(HttpStatusCode.ServiceUnavailable, "key-missing");
        }

        Assert.Contains(log.Lines, line => line.Contains("A key that data need is not in the ring", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("not as it was stored", StringComparison.Ordinal));
        Assert.Equal(Files.Pdf(), (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.OK).Bytes);
    }

    [Theory]
    [InlineData("Keys:Encryption")]
    [InlineData("Keys:Hashing")]
    public async Task An_instance_with_another_key_under_a_known_number_ends_before_it_makes_data_under_it(string setting)
    {
        await using var before = await TestApp.StartAsync(azurite);
        using var log = new CapturedLog();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Beside = before;
            options.Settings[setting] = $"1:{Convert.ToBase64String(new byte[32])}";
            options.Services = services => services.AddSingleton<ILoggerProvider>(log);
        });

        Assert.True(app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Contains(log.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
        (await before.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_an_administrator_is_told()
    {
        await using var app = await TestApp.StartAsync(azurite);

        (await app.Client.GetAsync("/api/lifecycle/keys", app.IssuerKey)).MustBe(HttpStatusCode.Unauthorized, "key-required");
    }

    private static async Task<string> VersionAsync(TestApp app, int version) => (await KeysAsync(app)).Json["encryption"]!["versions"]!.AsArray()
        .Single(each => each!["version"]!.GetValue<int>() == version)!.ToJsonString();

    private static async Task<Answer> KeysAsync(TestApp app) => (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/keys")).MustBe(HttpStatusCode.OK);
}
