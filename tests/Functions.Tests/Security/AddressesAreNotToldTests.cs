using System.Net;
using System.Text.RegularExpressions;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

/// <summary>Nobody learns from an answer whether an address has an account. What its time tells is measured by verification/Enumeration.</summary>
public sealed partial class AddressesAreNotToldTests(AzuriteFixture azurite)
{
    private const string Unknown = "nobody@example.ch";

    [Fact]
    public async Task A_log_in_with_a_wrong_password_is_answered_alike_for_known_pending_and_unknown_addresses()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var known = await Journey.ActivatedAsync(app);
        using var pending = await Journey.RegisteredAsync(app);

        var answers = await AskAllAsync(app, email => LogInAsync(app, email), Unknown, known.Email, pending.Email);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        AssertAlike(answers);
    }

    [Fact]
    public async Task A_log_in_with_a_wrong_password_is_answered_alike_after_the_account_expired()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var expired = await Journey.ActivatedAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(92));

        var answers = await AskAllAsync(app, email => LogInAsync(app, email), Unknown, expired.Email);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        AssertAlike(answers);
    }

    [Fact]
    public async Task Too_many_log_ins_are_refused_alike_for_known_and_unknown_addresses()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var known = await Journey.ActivatedAsync(app);
        var statuses = new List<HttpStatusCode>();

        for (var attempt = 0; attempt < 12; attempt++)
        {
            var answers = await AskAllAsync(app, email => LogInAsync(app, email), Unknown, known.Email);
            AssertAlike(answers);
            statuses.Add(answers[0].Status);
            app.Clock.Advance(TimeSpan.FromSeconds(attempt < 6 ? 1 : 61));
        }

        Assert.Equal(7, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task The_waiting_time_ends_at_midnight_alike_for_known_and_unknown_addresses()
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Now = new DateTimeOffset(2026, 11, 22, 23, 59, 30, TimeSpan.Zero));
        using var known = await Journey.ActivatedAsync(app);
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await AskAllAsync(app, email => LogInAsync(app, email), Unknown, known.Email);
        }
        app.Clock.Advance(TimeSpan.FromSeconds(30));

        var answers = await AskAllAsync(app, email => LogInAsync(app, email), Unknown, known.Email);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        AssertAlike(answers);
    }

    [Fact]
    public async Task A_forgotten_password_is_answered_alike_for_every_address()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var known = await Journey.ActivatedAsync(app);
        using var pending = await Journey.RegisteredAsync(app);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            var answers = await AskAllAsync(app, email => app.Client.PostAsync("/api/password-resets", new { email }), Unknown, known.Email, pending.Email);

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
            AssertAlike(answers);
        }
    }

    [Fact]
    public async Task A_forgotten_password_is_answered_alike_for_an_account_that_has_ended()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var ended = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T23:00:00Z");
        using var live = await Journey.ActivatedAsync(app);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            var answers = await AskAllAsync(app, email => app.Client.PostAsync("/api/password-resets", new { email }), Unknown, ended.Email, live.Email);

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
            AssertAlike(answers);
        }
    }

    [Fact]
    public async Task A_registration_is_answered_alike_for_an_address_that_has_an_account()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var holder = await Journey.ActivatedAsync(app);
        using var known = await Journey.WithVoucherAsync(app, holder.Email);
        using var unknown = await Journey.WithVoucherAsync(app, Unknown);

        Answer[] answers = [await unknown.RegisterAsync(), await known.RegisterAsync()];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        AssertAlike(answers);
    }

    private static Task<Answer> LogInAsync(TestApp app, string email) =>
        app.Client.PostAsync("/api/sessions", new { email, password = "wrong horse battery staple" });

    private static async Task<Answer[]> AskAllAsync(TestApp app, Func<string, Task<Answer>> ask, params string[] emails)
    {
        var answers = new List<Answer>();
        foreach (var email in emails)
        {
            answers.Add(await ask(email));
        }
        await app.SettleAsync();
        return [.. answers];
    }

    /// <summary>Same status, same headers but for the date, same body but for the random part of a handle.</summary>
    private static void AssertAlike(Answer[] answers) => Assert.All(answers, answer =>
    {
        Assert.Equal(answers[0].Status, answer.Status);
        Assert.Equal(HandleText().Replace(answers[0].Body, "…"), HandleText().Replace(answer.Body, "…"));
        Assert.Equal(answers[0].ContentType, answer.ContentType);
        Assert.Equal(HeadersOf(answers[0]), HeadersOf(answer));
    });

    private static List<string> HeadersOf(Answer answer) =>
        [.. answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}")];

    [GeneratedRegex("(?<=\"handle\":\")[A-Za-z0-9_-]{72}(?=\")")]
    private static partial Regex HandleText();
}
