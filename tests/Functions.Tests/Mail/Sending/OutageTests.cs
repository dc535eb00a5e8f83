using System.Net;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>The mail service is down, or does not answer: nobody who asks us anything notices, and no mail is lost or sent twice.</summary>
public sealed class OutageTests(AzuriteFixture azurite)
{
    private static readonly MailOutcome Down = new MailOutcome.Unavailable("down");

    [Fact]
    public async Task A_registration_is_answered_while_the_mail_service_holds_every_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var release = Hold(app);

        var answers = new List<HttpStatusCode>();
        for (var person = 0; person < 8; person++)
        {
            using var journey = await Journey.WithVoucherAsync(app);
            answers.Add((await journey.RegisterAsync()).Status);
        }

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Accepted, status));
        Assert.Empty(app.Mailbox.All);
        release.SetResult();
        await app.SettleAsync();
        Assert.Equal(8, app.Mailbox.All.Count);
    }

    [Fact]
    public async Task A_forgotten_password_is_answered_while_the_mail_service_holds_every_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var release = Hold(app);

        var answer = await person.Client.PostAsync("/api/password-resets", new { email = person.Email });

        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.ToString());
        Assert.Single(app.Mailbox.All);
        release.SetResult();
        await app.SettleAsync();
        Assert.Equal(2, app.Mailbox.All.Count);
    }

    [Fact]
    public async Task An_account_is_erased_while_the_mail_service_holds_every_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var release = Hold(app);

        var answer = await person.Client.PostAsync("/api/profile/erase", new { password = Journey.Password });

        Assert.True(answer.Status == HttpStatusCode.NoContent, answer.ToString());
        Assert.Single(app.Mailbox.All);
        release.SetResult();
        await app.SettleAsync();
        Assert.Equal(2, app.Mailbox.All.Count);
    }

    [Fact]
    public async Task After_nine_minutes_without_mail_service_every_mail_leaves_within_a_minute_and_none_twice()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var minute = app.Now;
        // Time passes while the app works: each look at the clock finds it a little later.
        app.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        app.Mailbox.Failure = Down;
        var people = new List<string>();
        for (var passed = 0; passed < 9; passed++)
        {
            people.Add(await RegisterAsync(app));
            people.Add(await RegisterAsync(app));
            await NextMinuteAsync();
        }

        app.Clock.SetUtcNow(minute.AddSeconds(20));
        app.Mailbox.Failure = null;
        people.Add(await RegisterAsync(app));
        await NextMinuteAsync();

        Assert.Equal(people.Order(), app.Mailbox.All.Select(mail => mail.To).Order());
        Assert.DoesNotContain(await app.DumpAsync("vouchers", "due"), row => row.Contains("mail-", StringComparison.Ordinal));

        async Task NextMinuteAsync()
        {
            minute = minute.AddMinutes(1);
            app.Clock.SetUtcNow(minute);
            await app.RunTimerAsync<SendPendingMail>();
        }
    }

    [Fact]
    public async Task One_mail_that_is_not_taken_now_does_not_hold_up_the_others()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Failure = Down;
        var people = new List<string>();
        for (var number = 0; number < 12; number++)
        {
            people.Add(await RegisterAsync(app));
        }
        var isFirst = 1;
        app.Mailbox.Answer = _ => Task.FromResult<MailOutcome>(Interlocked.Exchange(ref isFirst, 0) == 1
            ? new MailOutcome.Deferred("greylisted")
            : new MailOutcome.Accepted());
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(11, app.Mailbox.All.Count);
        Assert.Subset(people.ToHashSet(), app.Mailbox.All.Select(mail => mail.To).ToHashSet());
    }

    [Fact]
    public async Task During_an_outage_a_mail_keeps_its_id_and_its_words()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Failure = Down;
        await RegisterAsync(app);

        for (var minute = 0; minute < 5; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.RunTimerAsync<SendPendingMail>();
        }

        Assert.Equal(6, app.Mailbox.Attempts);
        Assert.Single(app.Mailbox.Tried.Select(mail => (mail.Id, mail.To, mail.Content)).Distinct());
        Assert.Equal([false, true, true, true, true, true], app.Mailbox.Tried.Select(mail => mail.MayHaveBeenSent));
    }

    [Fact]
    public async Task A_mail_whose_link_has_ended_is_given_up()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Failure = Down;
        await RegisterAsync(app);
        app.Clock.Advance(TimeSpan.FromHours(24));
        app.Mailbox.Failure = null;

        await app.RunTimerAsync<SendPendingMail>();

        Assert.Empty(app.Mailbox.All);
        Assert.DoesNotContain(await app.DumpAsync("vouchers", "due"), row => row.Contains("mail-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(15, 1)]
    [InlineData(16, 2)]
    [InlineData(17, 4)]
    [InlineData(20, 32)]
    [InlineData(21, 60)]
    [InlineData(1000, 60)]
    public void A_mail_is_tried_every_minute_for_a_quarter_of_an_hour_then_ever_more_seldom(int attempts, int minutes)
    {
        var now = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

        var next = MailRules.NextAttempt(attempts, retryAfter: null, now);

        Assert.Equal(now.AddMinutes(minutes), next);
    }

    [Theory]
    [InlineData(20, "10:01:00")]
    [InlineData(31, "10:01:01")]
    [InlineData(3600, "11:00:30")]
    public void A_mail_is_not_tried_before_the_service_wants_it(int retryAfterSeconds, string expected)
    {
        var now = new DateTimeOffset(2026, 11, 22, 10, 0, 30, TimeSpan.Zero);

        var next = MailRules.NextAttempt(attempts: 1, TimeSpan.FromSeconds(retryAfterSeconds), now);

        Assert.Equal(expected, next.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The service takes every mail and says nothing, until it is released.</summary>
    private static TaskCompletionSource Hold(TestApp app)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Mailbox.Answer = async _ =>
        {
            await release.Task;
            return new MailOutcome.Accepted();
        };
        return release;
    }

    private static async Task<string> RegisterAsync(TestApp app)
    {
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        return person.Email;
    }
}
