using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

/// <summary>Marked names, addresses, codes, tokens and passwords go through the whole journey, and are found in no log and in no stored value.</summary>
public sealed class NoTraceTests(AzuriteFixture azurite)
{
    private const string Name = "Kanarienvogel Zoë";
    private const string FirstEmail = "kanari.eins@vogelhaus.example.ch";
    private const string Email = "kanari.zwei@vogelhaus.example.ch";
    private const string NewPassword = "lantern bluebell over the lake";

    [Fact]
    public async Task Nothing_that_is_secret_or_personal_is_logged()
    {
        using var log = new CapturedLog();
        await using var app = await StartAsync(log);

        var (secrets, voucherId) = await WalkAsync(app);

        AssertNothingOf([.. secrets, voucherId], log.Lines);
        Assert.Contains(log.Lines, line => line.Contains("was activated", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("was deleted", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("A log-in was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_is_secret_or_personal_is_stored_in_clear()
    {
        using var log = new CapturedLog();
        await using var app = await StartAsync(log);

        var (secrets, _) = await WalkAsync(app, isErased: false);

        AssertNothingOf(secrets, await app.DumpAsync());
    }

    private Task<TestApp> StartAsync(CapturedLog log) => TestApp.StartAsync(azurite, options => options.Services = services => services
        .AddSingleton<ILoggerProvider>(log)
        .Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Trace));

    /// <summary>From the voucher to the erasure, with every mistake on the way. Returns what must not be found anywhere.</summary>
    private static async Task<(List<string> Secrets, string VoucherId)> WalkAsync(TestApp app, bool isErased = true)
    {
        var (id, code) = (await Journey.IssueAsync(app, 1))[0];
        using var person = new Journey(app, code, FirstEmail);
        var secrets = new List<string>
        {
            "kanari", "vogelhaus", "Zoë", code, code.Replace("-", "", StringComparison.Ordinal), Journey.Password, NewPassword, "wrong horse",
            app.IssuerKey, app.IssuerKey.Split('_', 4)[3], TestApp.AdminKey,
        };
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        await person.CheckAsync();
        (await person.RegisterAsync(Name)).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();
        app.Mailbox.Failure = null;
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.RunAllTimersAsync();
        (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);
        secrets.Add(await person.TokenAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await person.CorrectEmailAsync(Email)).MustBe(HttpStatusCode.Accepted);
        person.Email = Email;
        secrets.AddRange([await person.TokenAsync(), person.Handle]);
        (await person.RegisterAsAsync("kanari.drei@vogelhaus.example.ch")).MustBe(HttpStatusCode.Conflict, "voucher-pending");
        (await person.ActivateAsync("Kanarienvogel99")).MustBe(HttpStatusCode.BadRequest, "password-too-weak");
        secrets.Add(CookieOf((await person.ActivateAsync()).MustBe(HttpStatusCode.OK)));
        (await person.LogInAsync("wrong horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        secrets.Add(CookieOf((await person.LogInAsync()).MustBe(HttpStatusCode.OK)));
        (await person.ChangeProfileAsync(new { name = $"{Name} Muster", language = "de" })).MustBe(HttpStatusCode.OK);
        (await person.ChangePasswordAsync(Journey.Password, NewPassword)).MustBe(HttpStatusCode.NoContent);
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        secrets.Add(await person.TokenAsync());
        (await person.CompleteResetAsync(secrets[^1], Journey.Password)).MustBe(HttpStatusCode.NoContent);
        (await person.Client.SendAsync(HttpMethod.Post, "/api/registrations", HttpClientExtensions.Raw($$"""{"code":"{{code}}","name":"{{Name}}","email":"{{Email}}","language":"xx"}"""))).MustBe(HttpStatusCode.BadRequest, "invalid-request");
        (await person.Client.SendAsync(HttpMethod.Post, "/api/registrations", HttpClientExtensions.Raw($$"""{"code":"{{code}}","name":"{{Name}}","email":"{{Email}}","unknown":1}"""))).MustBe(HttpStatusCode.BadRequest, "invalid-json");
        secrets.Add(CookieOf((await person.LogInAsync()).MustBe(HttpStatusCode.OK)));
        await app.RunAllTimersAsync();
        if (isErased)
        {
            (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        }
        await app.SettleAsync();
        return (secrets, id);
    }

    private static string CookieOf(Answer answer) => answer.Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1];

    private static void AssertNothingOf(IEnumerable<string> secrets, IReadOnlyList<string> lines)
    {
        Assert.NotEmpty(lines);
        var found = from secret in secrets from line in lines where line.Contains(secret, StringComparison.OrdinalIgnoreCase) select $"{secret} in: {line}";
        Assert.Empty(found);
    }
}
