using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P03_AnActivationMailFollows(AzuriteFixture azurite)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_good_code_leads_to_name_and_address_and_the_mail_is_on_its_way_without_any_timer()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app, "anne.muster@example.ch");

        (await person.CheckAsync()).MustBe(HttpStatusCode.OK);
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();

        var mail = Assert.Single(app.Mailbox.All);
        Assert.Equal("anne.muster@example.ch", mail.To);
        Assert.Equal("Activez votre compte", mail.Title());
        Assert.Contains("Bonjour Anne Muster,", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("http://localhost:4280/activate?lang=fr#token=", mail.Content.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "Activez votre compte")]
    [InlineData("de", "Aktivieren Sie Ihr Konto")]
    [InlineData("it", "Attivi il Suo account")]
    [InlineData("en", "Activate your account")]
    public async Task The_mail_is_in_the_language_the_person_chose(string language, string subject)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);

        (await person.RegisterAsync(language: language)).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();

        Assert.Equal(subject, Assert.Single(app.Mailbox.To(person.Email)).Title());
    }

    [Fact]
    public async Task The_mail_comes_within_10_minutes_though_the_mail_service_fails_for_9()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        var entered = app.Now;

        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        for (var minute = 1; minute <= 9; minute++)
        {
            app.Clock.Advance(Minute);
            await app.RunTimerAsync<SendPendingMail>();
        }
        Assert.Empty(app.Mailbox.All);
        app.Mailbox.Failure = null;
        app.Clock.Advance(Minute);
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Single(app.Mailbox.To(person.Email));
        Assert.Equal(TimeSpan.FromMinutes(10), app.Now - entered);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_mail_is_sent_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();

        for (var minute = 1; minute <= 5; minute++)
        {
            app.Clock.Advance(Minute);
            await app.RunTimerAsync<SendPendingMail>();
        }

        Assert.Single(app.Mailbox.All);
        Assert.Equal(1, app.Mailbox.Attempts);
    }

    [Fact]
    public async Task A_mail_that_was_committed_but_never_tried_is_found_by_the_timer()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        app.Mailbox.Failure = new MailOutcome.Unavailable("the process died");
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();
        app.Mailbox.Failure = null;

        app.Clock.Advance(Minute);
        var (due, done) = await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal((1, 1), (due, done));
        Assert.Single(app.Mailbox.To(person.Email));
    }
}
