using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Security;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class LogInThrottleTests(AzuriteFixture azurite)
{
    private const string Wrong = "wrong horse battery staple";

    [Fact]
    public async Task Five_wrong_passwords_are_free_then_the_wait_grows_to_15_minutes()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await person.LogInAsync(Wrong)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        }

        foreach (var minutes in (int[])[1, 2, 4, 8, 15, 15, 15])
        {
            Assert.Equal(minutes * 60, (await person.LogInAsync(Wrong)).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);
            app.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal(1, (await person.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            (await person.LogInAsync(Wrong)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        }
    }

    [Fact]
    public async Task The_right_password_after_the_wait_logs_in_and_starts_the_count_anew()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await person.LogInAsync(Wrong);
        }
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await person.LogInAsync(Wrong)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        }
        (await person.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
    }

    /// <summary>Another process, whose clock is two minutes behind, is still in the day before: neither of the two begins to count anew for the other.</summary>
    [Fact]
    public async Task Five_wrong_passwords_are_free_at_midnight_too_whosever_clock_is_behind()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2026-11-23T00:00:30Z");
        await using var behind = await TestApp.StartBehindAsync(azurite, app, TimeSpan.FromMinutes(2));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await LogInAsync(attempt % 2 == 0 ? app : behind)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        }

        Assert.Equal(60, (await LogInAsync(app)).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);
        Assert.Equal(180, (await LogInAsync(behind)).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);

        Task<Answer> LogInAsync(TestApp process) => process.Client.PostAsync("/api/sessions", new { email = person.Email, password = Wrong });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(72)]
    public async Task A_clock_that_was_hours_ahead_keeps_nobody_out(int hours)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await using var ahead = await TestApp.StartBehindAsync(azurite, app, TimeSpan.FromHours(-hours));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await LogInAsync(ahead)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        }
        (await LogInAsync(ahead)).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");

        (await LogInAsync(app)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");

        Task<Answer> LogInAsync(TestApp process) => process.Client.PostAsync("/api/sessions", new { email = person.Email, password = Wrong });
    }

    [Fact]
    public async Task Who_is_told_that_the_service_is_busy_has_tried_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var hasher = app.Services.GetRequiredService<PasswordHasher>();
        var places = new List<PasswordHasher.Place>();
        while (!hasher.Enter().IsRefused(out _, out var place))
        {
            places.Add(place);
        }

        for (var attempt = 0; attempt < 6; attempt++)
        {
            Assert.Equal(1, (await person.LogInAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "service-busy").RetryAfter);
            (await person.ChangePasswordAsync(Journey.Password, "another horse battery staple")).MustBe(HttpStatusCode.ServiceUnavailable, "service-busy");
            (await person.EraseAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "service-busy");
        }

        places.ForEach(place => place.Dispose());
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_30_wrong_passwords_at_once_exactly_five_are_evaluated(bool isKnown)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = isKnown ? await Journey.ActivatedAsync(app) : await Journey.WithVoucherAsync(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => person.LogInAsync(Wrong)));

        Assert.Equal(5, answers.Count(answer => answer.Code == "credentials-wrong"));
        Assert.Equal(25, answers.Count(answer => answer.Code == "too-many-attempts"));
    }

    [Fact]
    public async Task Case_and_spaces_make_no_other_address()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app, "anne@example.ch");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await person.LogInAsync(Wrong);
        }

        person.Email = " ANNE@Example.CH ";

        (await person.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
    }

    [Fact]
    public async Task One_network_address_logs_in_60_times_a_minute_at_most()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => TryAsync(app, n, "203.0.113.1")));
        var more = await Task.WhenAll(Enumerable.Range(30, 35).Select(n => TryAsync(app, n, "203.0.113.1")));

        Assert.All(answers, answer => answer.MustBe(HttpStatusCode.Unauthorized, "credentials-wrong"));
        Assert.Equal(30, more.Count(answer => answer.Code == "credentials-wrong"));
        Assert.Equal([60, 60, 60, 60, 60], more.Where(answer => answer.Code == "too-many-attempts").Select(answer => answer.RetryAfter));
        (await TryAsync(app, 99, "203.0.113.2")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await TryAsync(app, 100, "203.0.113.1")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
    }

    [Fact]
    public async Task One_network_address_asks_for_60_reset_links_a_minute_at_most()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => app.Client.PostAsync("/api/password-resets", new { email = $"nobody{n}@example.ch" })));

        Assert.Equal(60, answers.Count(answer => answer.Status == HttpStatusCode.Accepted));
        Assert.Equal(4, answers.Count(answer => answer.Code == "too-many-attempts"));
    }

    private static Task<Answer> TryAsync(TestApp app, int n, string from) => app.Client.SendAsync(
        HttpMethod.Post, "/api/sessions", new { email = $"nobody{n}@example.ch", password = Wrong }, headers: ("X-Forwarded-For", from));
}
