using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P10_ForgottenPassword(AzuriteFixture azurite)
{
    private const string NewPassword = "another horse battery staple";
    private static readonly TimeSpan Hour = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_mail_with_a_second_link_leads_to_a_new_password()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var link = await AskAsync(person);
        (await person.CompleteResetAsync(link, NewPassword)).MustBe(HttpStatusCode.NoContent);

        (await person.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.LogInAsync(NewPassword)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_link_is_in_the_fragment_of_the_reset_page()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var link = await AskAsync(person);

        var mail = app.Mailbox.To(person.Email)[^1];
        Assert.Equal("Choisissez un nouveau mot de passe", mail.Title());
        Assert.Contains($"http://localhost:4280/reset?lang=fr#token={link}", mail.Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_59_59_the_link_works()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var link = await AskAsync(person);

        app.Clock.Advance(Hour - Second);

        (await person.CompleteResetAsync(link, NewPassword)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task At_60_00_the_link_is_dead_and_the_old_password_still_good()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var link = await AskAsync(person);

        app.Clock.Advance(Hour);

        (await person.CompleteResetAsync(link, NewPassword)).MustBe(HttpStatusCode.Gone, "reset-expired");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_link_works_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var link = await AskAsync(person);
        (await person.CompleteResetAsync(link, NewPassword)).MustBe(HttpStatusCode.NoContent);

        (await person.CompleteResetAsync(link, "a third horse battery staple")).MustBe(HttpStatusCode.Gone, "reset-used");

        (await person.LogInAsync(NewPassword)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_weak_password_does_not_use_the_link_up()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var link = await AskAsync(person);

        (await person.CompleteResetAsync(link, "password1234")).MustBe(HttpStatusCode.BadRequest, "password-too-weak");

        (await person.CompleteResetAsync(link, NewPassword)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_newer_link_makes_the_older_one_void()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var older = await AskAsync(person);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var newer = await AskAsync(person);

        (await person.CompleteResetAsync(older, NewPassword)).MustBe(HttpStatusCode.Gone, "reset-expired");

        (await person.CompleteResetAsync(newer, NewPassword)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task All_sessions_end()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var here = await Journey.ActivatedAsync(app);
        using var there = new Journey(app, here.Code, here.Email);
        (await there.LogInAsync()).MustBe(HttpStatusCode.OK);
        using var forgetful = new Journey(app, here.Code, here.Email);
        var link = await AskAsync(forgetful);

        (await forgetful.CompleteResetAsync(link, NewPassword)).MustBe(HttpStatusCode.NoContent);

        (await here.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await there.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task The_reset_never_signs_in_by_itself()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var forgetful = new Journey(app, person.Code, person.Email);
        var link = await AskAsync(forgetful);

        var completed = await forgetful.CompleteResetAsync(link, NewPassword);

        Assert.StartsWith("device=", Assert.Single(completed.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        (await forgetful.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task A_notice_of_the_change_follows()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var link = await AskAsync(person);

        (await person.CompleteResetAsync(link, NewPassword)).MustBe(HttpStatusCode.NoContent);
        await app.SettleAsync();

        Assert.Equal("Votre mot de passe a été changé", app.Mailbox.To(person.Email)[^1].Title());
    }

    [Fact]
    public async Task An_address_without_an_account_gets_the_same_answer_and_no_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var stranger = new Journey(app, person.Code, "stranger@example.ch");

        var known = await person.RequestResetAsync();
        var unknown = await stranger.RequestResetAsync();
        await app.SettleAsync();

        Assert.Equal((HttpStatusCode.Accepted, known.Body), (unknown.MustBe(HttpStatusCode.Accepted).Status, unknown.Body));
        Assert.Empty(app.Mailbox.To(stranger.Email));
    }

    private static async Task<string> AskAsync(Journey person)
    {
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        return await person.TokenAsync();
    }
}
