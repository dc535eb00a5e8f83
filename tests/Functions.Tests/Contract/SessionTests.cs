using System.Net;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class SessionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_person_sees_the_own_sessions_with_the_last_used_first()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var stranger = await Journey.ActivatedAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        using var phone = person.Elsewhere();
        await phone.LogInAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        var sessions = Sessions(await person.SessionsAsync());

        Assert.Equal([true, false], sessions.Select(session => session["current"]!.GetValue<bool>()));
        Assert.Equal(["2026-11-22T10:00:00Z", "2026-11-22T10:05:00Z"], sessions.Select(session => session["createdAt"]!.GetValue<string>()));
        Assert.Equal(["2026-11-22T10:10:00Z", "2026-11-22T10:05:00Z"], sessions.Select(session => session["lastSeenAt"]!.GetValue<string>()));
        Assert.All(sessions, session => Assert.Equal(["createdAt", "current", "expiresAt", "id", "lastSeenAt"], session.AsObject().Select(each => each.Key).Order()));
    }

    [Fact]
    public async Task One_session_is_ended_and_the_others_go_on()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var phone = person.Elsewhere();
        await phone.LogInAsync();
        var other = Sessions(await person.SessionsAsync()).Single(session => !session["current"]!.GetValue<bool>())["id"]!.GetValue<string>();

        var ended = await person.EndSessionAsync(other);

        ended.MustBe(HttpStatusCode.NoContent);
        Assert.False(ended.Headers.Contains("Set-Cookie"));
        (await phone.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_itself_not_only_the_cookie()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var copy = app.NewClient();
        var cookie = (await person.LogInAsync()).SessionCookie.Split(';')[0];

        var ended = await person.EndSessionAsync("current");

        ended.MustBe(HttpStatusCode.NoContent);
        Assert.Contains("session=; expires=Thu, 01 Jan 1970", ended.SessionCookie, StringComparison.Ordinal);
        (await copy.SendAsync(HttpMethod.Get, "/api/profile", null, headers: ("Cookie", cookie))).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task The_session_of_another_person_is_out_of_reach()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var stranger = await Journey.ActivatedAsync(app);
        var theirs = Sessions(await stranger.SessionsAsync())[0]["id"]!.GetValue<string>();

        await person.EndSessionAsync(theirs);

        (await stranger.ProfileAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_sixth_session_ends_the_one_that_was_not_used_for_longest()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.ActivatedAsync(app);
        var later = Enumerable.Range(0, 5).Select(_ => first.Elsewhere()).ToList();

        foreach (var browser in later)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(2));
            (await browser.LogInAsync()).MustBe(HttpStatusCode.OK);
        }

        (await first.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        Assert.Equal(5, Sessions(await later[4].SessionsAsync()).Count);
        foreach (var browser in later)
        {
            (await browser.ProfileAsync()).MustBe(HttpStatusCode.OK);
            browser.Dispose();
        }
    }

    [Fact]
    public async Task A_session_ends_after_60_minutes_without_use_and_each_use_puts_it_off()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        app.Clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1));
        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1));
        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(60));

        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task A_session_ends_after_12_hours_however_much_it_is_used()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        for (var halfHour = 0; halfHour < 23; halfHour++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(30));
            (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
        }
        app.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task A_changed_password_ends_every_other_session_and_gives_this_one_a_new_secret()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var phone = person.Elsewhere();
        var old = (await phone.LogInAsync()).SessionCookie.Split(';')[0];

        (await phone.ChangePasswordAsync(Journey.Password, "a new lantern over the lake")).MustBe(HttpStatusCode.NoContent);

        (await phone.ProfileAsync()).MustBe(HttpStatusCode.OK);
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        using var thief = app.NewClient();
        (await thief.SendAsync(HttpMethod.Get, "/api/profile", null, headers: ("Cookie", old))).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task A_reset_password_ends_every_session_and_signs_nobody_in()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.RequestResetAsync();

        var answer = await person.CompleteResetAsync(await person.TokenAsync(), "a new lantern over the lake");

        answer.MustBe(HttpStatusCode.NoContent);
        Assert.StartsWith("device=", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        Assert.DoesNotContain(await app.DumpAsync("vouchers"), row => row.Contains("RowKey=session-", StringComparison.Ordinal));
    }

    private static List<JsonNode> Sessions(Answer answer) => [.. answer.MustBe(HttpStatusCode.OK).Json["sessions"]!.AsArray().OfType<JsonNode>()];
}
