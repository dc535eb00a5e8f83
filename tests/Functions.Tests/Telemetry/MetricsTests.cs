using System.Net;
using VoucherFunctions.Issuers;
using VoucherFunctions.Keys;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Telemetry;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Telemetry;

/// <summary>What alerts and charts live on. Each test looks at all values of a metric, so that together they show that the whole list is emitted.</summary>
public sealed class MetricsTests(AzuriteFixture azurite)
{
    private const string End = "2027-02-20T23:00:00Z";
    private const string DeletionStarts = "2028-02-13T23:00:00Z";

    [Fact]
    public async Task Every_change_of_a_voucher_is_counted_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var metrics = new RecordedMetrics(app);
        using var active = await Journey.ActivatedAsync(app);
        using var erased = await Journey.ActivatedAsync(app);
        await erased.EraseAsync();
        using var cancelled = await Journey.RegisteredAsync(app);
        await cancelled.CancelAsync();
        using var lapsed = await Journey.RegisteredAsync(app);
        var (revoked, _) = (await Journey.IssueAsync(app, 1))[0];
        await app.Client.PostAsync($"/api/vouchers/{revoked}/revoke", null, app.IssuerKey);
        app.Clock.Advance(TimeSpan.FromHours(25));
        await app.RunAllTimersAsync();
        app.MoveTo(End);
        await app.RunAllTimersAsync();
        app.MoveTo(DeletionStarts);
        await app.RunAllTimersAsync();
        await app.RunAllTimersAsync();

        var counts = metrics.Counts(Metric.Changes);

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["issued"] = 5,
                ["registered"] = 4,
                ["activated"] = 2,
                ["cancelled"] = 1,
                ["lapsed"] = 1,
                ["revoked"] = 1,
                ["erased"] = 1,
                ["locked"] = 1,
                ["deleted"] = 1,
            },
            counts);
        Assert.Equal(Metric.Changes.Values.Order(), counts.Keys.Order());
    }

    [Fact]
    public async Task A_registration_that_lapsed_by_the_clock_is_counted_when_somebody_else_takes_its_place()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.RegisteredAsync(app);
        app.Clock.Advance(TimeSpan.FromHours(25));
        using var metrics = new RecordedMetrics(app);

        (await first.RegisterAsAsync("other@example.ch")).MustBe(HttpStatusCode.Accepted);

        Assert.Equal(new Dictionary<string, double> { ["lapsed"] = 1, ["registered"] = 1 }, metrics.Counts(Metric.Changes));
    }

    [Fact]
    public async Task Test_vouchers_are_in_no_statistics()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var metrics = new RecordedMetrics(app);
        var office = await (await Testing.Office.NewAsync(app)).WithNewKeyAsync(test: true);
        var (_, vouchers) = await office.NewBatchAsync(1);
        using var person = new Journey(app, vouchers[0].Code, "test@example.ch");
        await person.RegisterAsync();
        await person.ActivateAsync();

        await app.RunTimerAsync<CountVouchers>();

        Assert.Empty(metrics.Counts(Metric.Changes));
        Assert.Equal(new Dictionary<string, double> { ["active"] = 0, ["locked"] = 0 }, metrics.Counts(Metric.Accounts));
    }

    [Fact]
    public async Task Accounts_are_told_by_the_run_that_counts_them_and_by_each_run_after_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var locked = await Journey.ActivatedAsync(app);
        app.MoveTo(End);
        using var active = await Journey.ActivatedAsync(app);
        using var second = await Journey.ActivatedAsync(app);
        using var metrics = new RecordedMetrics(app);

        await app.RunTimerAsync<CountVouchers>();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunTimerAsync<CountVouchers>();

        Assert.Equal([2, 2], metrics.Measured(Metric.Accounts, "active"));
        Assert.Equal([1, 1], metrics.Measured(Metric.Accounts, "locked"));
    }

    [Fact]
    public async Task Every_timer_tells_that_it_ran_also_when_nothing_was_due()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var metrics = new RecordedMetrics(app);

        await app.RunAllTimersAsync();
        await app.RunTimerAsync<CountVouchers>();
        await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.All(Metric.SweepOverdue.Values, kind => Assert.Equal([0], metrics.Measured(Metric.SweepOverdue, kind)));
        Assert.Equal(Metric.SweepDone.Values.Order(), metrics.Counts(Metric.SweepDone).Keys.Order());
    }

    [Fact]
    public async Task A_sweep_tells_how_late_the_oldest_item_is_that_is_left_and_how_many_it_settled()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Failure = new MailOutcome.Unavailable("down");
        using var waiting = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        using var metrics = new RecordedMetrics(app);
        app.Clock.Advance(TimeSpan.FromMinutes(12));

        await app.RunTimerAsync<SendPendingMail>();
        app.Mailbox.Failure = null;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal([TimeSpan.FromMinutes(11).TotalSeconds, 0], metrics.Measured(Metric.SweepOverdue, "Mail"));
        Assert.Equal(1, metrics.Counts(Metric.SweepDone)["Mail"]);
    }

    /// <summary>Every mail is refused once for the time being, waits, and is taken a minute later.</summary>
    [Fact]
    public async Task Every_kind_of_mail_tells_how_long_it_waited_and_when_it_left()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Answer = mail => Task.FromResult<MailOutcome>(mail.MayHaveBeenSent ? new MailOutcome.Accepted() : new MailOutcome.Deferred("greylisted"));
        using var metrics = new RecordedMetrics(app);
        using var person = await Journey.RegisteredAsync(app);
        // The first mail has been tried before its address is corrected: so it is postponed and never accepted.
        await app.SettleAsync();
        await person.CorrectEmailAsync("corrected@example.ch");
        await SendAsync(app);
        await person.ActivateAsync();
        await person.RequestResetAsync();
        await SendAsync(app);
        await person.CompleteResetAsync(await person.TokenAsync(), "another horse battery staple");
        await SendAsync(app);
        app.MoveTo("2027-02-17T23:00:00Z");
        await app.RunAllTimersAsync();
        await SendAsync(app);
        app.MoveTo(End);
        await app.RunAllTimersAsync();
        await SendAsync(app);
        await person.RequestResetAsync();
        await SendAsync(app);
        app.MoveTo(DeletionStarts);
        await app.RunAllTimersAsync();
        await SendAsync(app);
        using var other = await Journey.RegisteredAsync(app);
        await SendAsync(app);

        Assert.All(Metric.MailWaiting.Values, template => Assert.NotEmpty(metrics.Measured(Metric.MailWaiting, template)));
        Assert.All(Metric.MailDelay.Values, template => Assert.NotEmpty(metrics.Measured(Metric.MailDelay, template)));
        Assert.Equal([60], metrics.Measured(Metric.MailDelay, "ExpiryReminder"));
        Assert.Equal(metrics.Counts(Metric.MailAttempts)["accepted"], metrics.Counts(Metric.MailAttempts)["postponed"] - 1);
    }

    [Fact]
    public async Task Attempts_are_counted_by_their_end_and_lost_mails_by_their_reason()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var metrics = new RecordedMetrics(app);
        using var accepted = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Mailbox.Failure = new MailOutcome.Refused("no-such-mailbox");
        using var refused = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Mailbox.Failure = new MailOutcome.Unavailable("down");
        using var givenUp = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromHours(24));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(Metric.MailAttempts.Values.ToDictionary(outcome => outcome, _ => 1.0), metrics.Counts(Metric.MailAttempts));
        Assert.Equal(Metric.MailLost.Values.ToDictionary(reason => reason, _ => 1.0), metrics.Counts(Metric.MailLost));
    }

    [Fact]
    public async Task Log_ins_are_counted_by_their_answer()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var metrics = new RecordedMetrics(app);
        using var person = await Journey.ActivatedAsync(app);
        await person.LogInAsync();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await person.LogInAsync("wrong horse battery staple");
        }
        using var nobody = person.Elsewhere();
        nobody.Email = "nobody@example.ch";
        await nobody.LogInAsync();
        app.MoveTo(End);
        await person.LogInAsync();

        Assert.Equal(
            new Dictionary<string, double> { ["ok"] = 1, ["credentials-wrong"] = 6, ["too-many-attempts"] = 1, ["account-expired"] = 1 }, metrics.Counts(Metric.LogIns));
    }

    [Fact]
    public async Task Wrong_codes_and_keys_are_counted()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var metrics = new RecordedMetrics(app);
        await app.Client.PostAsync("/api/vouchers/check", new { code = "0000-0000-0000-0000" });
        await app.Client.GetAsync("/api/vouchers/x", $"{app.IssuerKey}x");
        await app.Client.GetAsync("/api/vouchers/x", "nonsense");
        await app.Client.GetAsync("/api/issuers", "nonsense");

        Assert.Equal(new Dictionary<string, double> { ["code"] = 1, ["issuer-key"] = 2, ["admin-key"] = 1 }, metrics.Counts(Metric.Guesses));
        Assert.Equal(Metric.Guesses.Values.Order(), metrics.Counts(Metric.Guesses).Keys.Order());
    }

    /// <summary>The minute after, when everything that waits is tried again.</summary>
    private static async Task SendAsync(TestApp app)
    {
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunTimerAsync<SendPendingMail>();
    }
}
