using System.Net;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class ProfileTests(AzuriteFixture azurite)
{
    private const string NewPassword = "a new lantern over the lake";

    [Fact]
    public async Task The_profile_says_who_until_when_and_when_it_is_deleted()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app, "Anne.Muster@example.ch");

        var profile = await person.ProfileAsync();

        var accountId = (await Stored.ReadAsync(app, person)).Voucher.Registration!.AccountId;
        Assert.Equal(
            $$"""{"accountId":"{{accountId}}","name":"Anne Muster","email":"Anne.Muster@example.ch","language":"fr","enteredAt":"2026-11-22T10:00:00Z","accessUntil":"2027-02-20T23:00:00Z","daysLeft":90,"deletedAtLatest":"2028-02-20T23:00:00Z"}""",
            profile.MustBe(HttpStatusCode.OK).Body);
    }

    [Theory]
    [InlineData("""{"name":"Zoë Ångström"}""", "Zoë Ångström", "fr")]
    [InlineData("""{"language":"it"}""", "Anne Muster", "it")]
    [InlineData("""{"name":"  Bo  ","language":"en"}""", "Bo", "en")]
    public async Task A_change_of_the_profile_changes_what_is_given_and_nothing_else(string body, string name, string language)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var before = await person.ProfileAsync();

        var changed = await person.ChangeProfileAsync(HttpClientExtensions.Raw(body));

        var after = await person.ProfileAsync();
        Assert.Equal(after.Body, changed.MustBe(HttpStatusCode.OK).Body);
        Assert.Equal((name, language), (after.Text("name"), after.Text("language")));
        Assert.Equal(before.Text("accessUntil"), after.Text("accessUntil"));
        Assert.Equal(before.Text("email"), after.Text("email"));
    }

    [Fact]
    public async Task The_new_password_logs_in_and_the_old_one_does_not()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.ChangePasswordAsync(Journey.Password, NewPassword)).MustBe(HttpStatusCode.NoContent);

        (await person.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.LogInAsync(NewPassword)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_changed_password_is_told_by_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var before = app.Mailbox.To(person.Email).Count;

        await person.ChangePasswordAsync(Journey.Password, NewPassword);

        await app.SettleAsync();
        Assert.Equal(before + 1, app.Mailbox.To(person.Email).Count);
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing_and_counts_for_the_session_alone()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await person.ChangePasswordAsync("wrong horse battery staple", NewPassword)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        }

        Assert.Equal(60, (await person.ChangePasswordAsync(Journey.Password, NewPassword)).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);
        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_weak_new_password_is_refused_with_the_reason()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var answer = await person.ChangePasswordAsync(Journey.Password, "short");

        Assert.Equal("too-short", answer.MustBe(HttpStatusCode.BadRequest, "password-too-weak").Text("reason"));
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_erased_account_is_gone_and_its_voucher_stays_used()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var erased = await person.EraseAsync();

        erased.MustBe(HttpStatusCode.NoContent);
        Assert.Contains("expires=Thu, 01 Jan 1970", erased.SessionCookie, StringComparison.Ordinal);
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await person.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
    }

    [Fact]
    public async Task Nothing_is_erased_without_the_right_password()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.EraseAsync("wrong horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");

        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_an_erasure_the_same_address_may_use_another_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.EraseAsync();

        using var again = await Journey.ActivatedAsync(app, person.Email);

        (await again.ProfileAsync()).MustBe(HttpStatusCode.OK);
    }
}
