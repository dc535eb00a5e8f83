using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>429 with Retry-After: the service is left alone until then, whoever would like to send, and nobody waits for it.</summary>
public sealed class QuotaTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task No_attempt_is_made_before_the_time_that_the_service_asked_for()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Failure = OverQuota(TimeSpan.FromMinutes(10));
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Mailbox.Failure = null;

        await RunMinutesAsync(app, 9);
        app.Clock.Advance(TimeSpan.FromSeconds(59));
        await app.RunTimerAsync<SendPendingMail>();
        var before = app.Mailbox.Attempts;
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(1, before);
        Assert.Equal(person.Email, Assert.Single(app.Mailbox.All).To);
    }

    [Fact]
    public async Task A_request_in_that_time_is_answered_and_its_mail_waits_too()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Failure = OverQuota(TimeSpan.FromMinutes(10));
        using var first = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Mailbox.Failure = null;
        using var second = await Journey.WithVoucherAsync(app);

        var answer = await second.RegisterAsync();
        await RunMinutesAsync(app, 9);
        var before = app.Mailbox.Attempts;
        await RunMinutesAsync(app, 1);

        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.ToString());
        Assert.Equal(1, before);
        Assert.Equal(new[] { first.Email, second.Email }.Order(), app.Mailbox.All.Select(mail => mail.To).Order());
    }

    [Fact]
    public async Task The_time_counts_from_the_answer_not_from_the_question()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Answer = _ =>
        {
            app.Clock.Advance(TimeSpan.FromSeconds(30));
            return Task.FromResult<MailOutcome>(OverQuota(TimeSpan.FromMinutes(10)));
        };
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Mailbox.Answer = null;

        await RunMinutesAsync(app, 9);
        app.Clock.Advance(TimeSpan.FromSeconds(59));
        await app.RunTimerAsync<SendPendingMail>();
        var before = app.Mailbox.Attempts;
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(1, before);
        Assert.Single(app.Mailbox.All);
    }

    [Fact]
    public void A_shorter_time_said_later_does_not_cut_a_longer_one_short()
    {
        var pause = new MailPause();
        var now = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        pause.Until(now.AddMinutes(10));

        pause.Until(now.AddMinutes(1));

        Assert.True(pause.IsOn(now.AddMinutes(10).AddTicks(-1)));
        Assert.False(pause.IsOn(now.AddMinutes(10)));
    }

    [Fact]
    public async Task The_last_mail_to_somebody_who_was_erased_waits_as_well()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var leaving = await Journey.ActivatedAsync(app);
        app.Mailbox.Failure = OverQuota(TimeSpan.FromMinutes(10));
        using var other = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Mailbox.Failure = null;

        var answer = await leaving.Client.PostAsync("/api/profile/erase", new { password = Journey.Password });
        await app.SettleAsync();

        Assert.True(answer.Status == HttpStatusCode.NoContent, answer.ToString());
        Assert.Equal(2, app.Mailbox.Attempts);
    }

    private static MailOutcome.Unavailable OverQuota(TimeSpan wait) => new MailOutcome.Unavailable("429", wait);

    private static async Task RunMinutesAsync(TestApp app, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.RunTimerAsync<SendPendingMail>();
        }
    }
}
