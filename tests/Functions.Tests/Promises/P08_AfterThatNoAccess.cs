using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P08_AfterThatNoAccess(AzuriteFixture azurite)
{
    private const string LastHour = "2027-02-20T22:30:00Z";
    private const string End = "2027-02-20T23:00:00Z";

    public static TheoryData<string, string, string?> SignedInCalls => new()
    {
        { "GET", "/api/profile", null },
        { "PATCH", "/api/profile", """{"name":"Anne Neu"}""" },
        { "POST", "/api/profile/password", $$"""{"currentPassword":"{{Journey.Password}}","newPassword":"another horse battery staple"}""" },
        { "POST", "/api/profile/erase", $$"""{"password":"{{Journey.Password}}"}""" },
        { "GET", "/api/profile/export", null },
        { "GET", "/api/sessions", null },
        { "GET", "/api/training/", null },
        { "GET", "/api/training/index.html", null },
        { "DELETE", "/api/sessions/current", null },
    };

    [Theory]
    [MemberData(nameof(SignedInCalls))]
    public async Task From_the_end_on_an_open_session_is_good_for_nothing_though_no_timer_has_run(string method, string path, string? body)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(LastHour);
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo(End);

        var refused = await person.Client.SendAsync(new HttpMethod(method), path, body is null ? null : HttpClientExtensions.Raw(body));

        refused.MustBe(HttpStatusCode.Forbidden, "account-expired");
        Assert.Equal("2027-02-20T23:00:00Z", refused.Json["expiredAt"]!.GetValue<string>());
        Assert.Equal("2028-02-20T23:00:00Z", refused.Json["deletedAtLatest"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_right_password_is_told_that_the_account_has_ended_and_a_wrong_one_is_not()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(End);

        (await person.LogInAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
        (await person.LogInAsync("another horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
    }

    [Fact]
    public async Task A_reset_link_that_outlives_the_account_is_dead()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(LastHour);
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        var link = await person.TokenAsync();
        app.MoveTo(End);

        (await person.CompleteResetAsync(link, "another horse battery staple")).MustBe(HttpStatusCode.Gone, "reset-expired");
    }

    public static TheoryData<string, string, string, string> AskedAfterTheEnd => new()
    {
        { "fr", End, "Votre accès a pris fin", "samedi 20 février 2027 à 23\u00A0h\u00A059" },
        { "de", End, "Ihr Zugang ist abgelaufen", "Samstag, 20. Februar 2027, 23.59 Uhr" },
        { "it", End, "Il Suo accesso è scaduto", "sabato 20 febbraio 2027, ore 23:59" },
        { "en", End, "Your access is over", "Saturday 20 February 2027, 23:59" },
        { "fr", "2027-02-21T09:00:00Z", "Votre accès a pris fin", "samedi 20 février 2027 à 23\u00A0h\u00A059" },
        { "de", "2027-07-01T12:00:00Z", "Ihr Zugang ist abgelaufen", "Samstag, 20. Februar 2027, 23.59 Uhr" },
    };

    [Theory]
    [MemberData(nameof(AskedAfterTheEnd))]
    public async Task Who_asks_for_a_new_password_after_the_end_reads_when_the_access_ended(string language, string now, string subject, string end)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        (await person.RegisterAsync(language: language)).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo(now);
        var before = app.Mailbox.All.Count;

        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();

        var mail = Assert.Single(app.Mailbox.All.Skip(before));
        Assert.Equal((person.Email, subject), (mail.To, mail.Title()));
        Assert.Contains(end, mail.Content.Text, StringComparison.Ordinal);
        Assert.Null(Journey.LinkIn(mail.Content.Text));
    }

    [Fact]
    public async Task After_the_timer_has_closed_the_account_the_mail_still_comes_and_at_most_three_an_hour()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(End);
        await app.RunTimerAsync<LockExpiredAccounts>();
        var before = app.Mailbox.All.Count;

        for (var asked = 0; asked < 5; asked++)
        {
            (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
            await app.SettleAsync();
            app.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(Enumerable.Repeat("Votre accès a pris fin", 3), app.Mailbox.All.Skip(before).Select(mail => mail.Title()));
    }

    [Fact]
    public async Task The_timer_only_tidies_up()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(End);

        await app.RunTimerAsync<LockExpiredAccounts>();

        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await person.LogInAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
        Assert.Equal("Votre accès est terminé", app.Mailbox.To(person.Email)[^1].Title());
        Assert.DoesNotContain(await app.DumpAsync("vouchers"), line => line.Contains("RowKey=session-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_was_at_it_at_the_end_is_told_so_before_and_after_the_timer_alike()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T22:50:00Z");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo(End);

        (await person.ProfileAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
        await app.RunTimerAsync<LockExpiredAccounts>();
        await app.RunTimerAsync<LockExpiredAccounts>();

        (await person.ProfileAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
    }

    [Theory]
    [InlineData("2027-02-06T17:00:00Z", "Votre accès se termine dans 14 jours")]
    [InlineData("2027-02-17T17:00:00Z", "Votre accès se termine dans 3 jours")]
    [InlineData("2027-02-20T11:00:00Z", "Votre accès se termine ce soir")]
    public async Task Before_the_end_a_reminder_says_download_your_documents(string day, string subject)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(day);

        await app.RunTimerAsync<SendExpiryReminders>();

        var mail = app.Mailbox.To(person.Email)[^1];
        Assert.Equal(subject, mail.Title());
        Assert.Contains("téléchargez vos documents", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("http://localhost:4280/documents?lang=fr", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("samedi 20 février 2027", mail.Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_three_reminders_each_on_its_day_in_Zurich_and_none_after_the_end()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var reminders = new List<string>();

        for (var now = new DateTimeOffset(2027, 2, 4, 22, 59, 59, TimeSpan.Zero); now.Month == 2; now = now.AddHours(12))
        {
            var before = app.Mailbox.All.Count;
            app.MoveTo(now);
            await app.RunTimerAsync<SendExpiryReminders>();
            reminders.AddRange(app.Mailbox.All.Skip(before).Select(mail => $"{now:MM-dd} {mail.Title()}"));
        }

        Assert.Equal(
            ["02-06 Votre accès se termine dans 14 jours", "02-17 Votre accès se termine dans 3 jours", "02-20 Votre accès se termine ce soir"],
            reminders);
    }
}
