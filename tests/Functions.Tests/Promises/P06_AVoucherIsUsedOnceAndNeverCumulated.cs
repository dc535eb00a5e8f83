using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P06_AVoucherIsUsedOnceAndNeverCumulated(AzuriteFixture azurite)
{
    private const string End = "2027-02-20T23:00:00Z";

    [Fact]
    public async Task A_voucher_that_leads_to_an_account_cannot_be_entered_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        await AssertUsedAsync(app, person);
    }

    [Fact]
    public async Task A_voucher_whose_account_has_ended_cannot_be_entered_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        app.MoveTo(End);
        await AssertUsedAsync(app, person);

        await app.RunAllTimersAsync();
        await AssertUsedAsync(app, person);
    }

    [Fact]
    public async Task A_voucher_whose_account_was_deleted_cannot_be_entered_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        await AssertUsedAsync(app, person);
    }

    [Fact]
    public async Task A_person_with_a_live_account_cannot_add_a_second_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.RegisteredAsync(app, "anne@example.ch");
        using var second = await Journey.RegisteredAsync(app, "Anne@Example.ch");
        var link = await second.TokenAsync();
        var account = (await first.ActivateAsync(await FirstLinkAsync(first, second, app), Journey.Password)).MustBe(HttpStatusCode.OK);

        (await second.ActivateAsync(link, "another horse battery staple")).MustBe(HttpStatusCode.Conflict, "account-exists");

        Assert.Equal(account.Body, (await first.ProfileAsync()).MustBe(HttpStatusCode.OK).Body);
        (await second.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task The_second_voucher_stays_unused_and_somebody_else_can_redeem_it_at_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.RegisteredAsync(app, "anne@example.ch");
        using var second = await Journey.RegisteredAsync(app, "Anne@Example.ch");
        var link = await second.TokenAsync();
        (await first.ActivateAsync(await FirstLinkAsync(first, second, app), Journey.Password)).MustBe(HttpStatusCode.OK);
        using var other = new Journey(app, second.Code, "beat@example.ch");

        (await second.ActivateAsync(link, Journey.Password)).MustBe(HttpStatusCode.Conflict, "account-exists");

        (await other.CheckAsync()).MustBe(HttpStatusCode.OK);
        (await other.RegisterAsync("Beat Beispiel")).MustBe(HttpStatusCode.Accepted);
        (await other.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_has_a_live_account_is_told_so_by_mail_and_gets_no_second_link()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.ActivatedAsync(app, "anne@example.ch");
        using var second = await Journey.RegisteredAsync(app, "anne@example.ch");

        await app.SettleAsync();

        var mail = app.Mailbox.To(second.Email)[^1];
        Assert.Equal("Vous avez déjà un compte", mail.Title());
        Assert.DoesNotContain("token=", mail.Content.Text + mail.Content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_the_account_has_ended_a_new_voucher_takes_the_address_over_before_any_timer_has_run()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var old = await Journey.ActivatedAsync(app, "anne@example.ch");
        app.MoveTo(End);

        using var renewed = await Journey.RegisteredAsync(app, "anne@example.ch");
        var profile = (await renewed.ActivateAsync("another horse battery staple")).MustBe(HttpStatusCode.OK);

        Assert.Equal(90, profile.Json["daysLeft"]!.GetValue<int>());
        (await renewed.LogInAsync("another horse battery staple")).MustBe(HttpStatusCode.OK);
        (await old.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
    }

    [Fact]
    public async Task The_account_that_was_taken_over_from_never_comes_back()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var old = await Journey.ActivatedAsync(app, "anne@example.ch");
        app.MoveTo(End);
        using var renewed = await Journey.ActivatedAsync(app, "anne@example.ch");

        await app.RunAllTimersAsync();

        (await renewed.ProfileAsync()).MustBe(HttpStatusCode.OK);
        (await old.ProfileAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
        await AssertUsedAsync(app, old);
    }

    private static async Task AssertUsedAsync(TestApp app, Journey person)
    {
        using var other = new Journey(app, person.Code, "other@example.ch");
        (await other.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
        (await other.RegisterAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
    }

    /// <summary>Both registrations have the same mailbox; the first link is the one that is not the second's.</summary>
    private static async Task<string> FirstLinkAsync(Journey first, Journey second, TestApp app)
    {
        var last = await second.TokenAsync();
        var texts = app.Mailbox.To(first.Email).Select(mail => mail.Content.Text);
        return texts.Select(text => Journey.LinkIn(text)).Single(link => link != last)!;
    }
}
