using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>Timers may be late, be repeated and overlap: what is due is done once.</summary>
public sealed class TimersTests(AzuriteFixture azurite)
{
    private const int AtOnce = 4;

    public static TheoryData<string> Timers =>
        [nameof(RemoveUnactivatedRegistrations), nameof(SendExpiryReminders), nameof(LockExpiredAccounts), nameof(DeleteExpiredData), nameof(SendPendingMail)];

    [Fact]
    public async Task After_a_pause_of_10_days_everything_that_is_due_is_done_once()
    {
        await using var app = await People.StartAsync(azurite);
        var before = app.Mailbox.All.Count;
        var lapsed = Traces.Of(app, "Anne Muster", People.Lapsing);
        var deleted = Traces.Of(app, "Anne Muster", People.Deleted);
        app.MoveTo(People.Later);

        await app.RunAllTimersAsync();

        Assert.Equal(People.MailsLater, People.MailsSince(app, before));
        await lapsed.AssertGoneAsync();
        await deleted.AssertGoneAsync();
        Assert.Equal(
            [
                "due delete ", "due delete ", "due lock ", "due remind ", "due remind ", "emails claim ", "emails claim ", "erasures erased ", "erasures head ",
                "vouchers session ", "vouchers state Active", "vouchers state Active", "vouchers state Issued",
            ],
            await People.ShapeAsync(app));
    }

    [Fact]
    public async Task After_a_pause_of_10_days_a_second_round_changes_nothing_more()
    {
        await using var app = await People.StartAsync(azurite);
        app.MoveTo(People.Later);
        await app.RunAllTimersAsync();

        await People.AssertUnchangedAsync(app, app.RunAllTimersAsync);
    }

    [Theory]
    [MemberData(nameof(Timers))]
    public async Task A_timer_that_runs_twice_in_a_row_changes_nothing_more(string timer)
    {
        await using var app = await People.StartAsync(azurite);
        await PrepareAsync(app, timer);
        var (due, _) = await app.RunTimerAsync(timer);

        Assert.NotEqual(0, due);
        await People.AssertUnchangedAsync(app, () => app.RunTimerAsync(timer));
    }

    [Theory]
    [MemberData(nameof(Timers))]
    public async Task A_timer_that_runs_several_times_at_once_after_it_has_run_changes_nothing_more(string timer)
    {
        await using var app = await People.StartAsync(azurite);
        await PrepareAsync(app, timer);
        await app.RunTimerAsync(timer);

        await People.AssertUnchangedAsync(app, () => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => app.RunTimerAsync(timer))));
    }

    [Theory]
    [MemberData(nameof(Timers))]
    public async Task A_timer_that_runs_several_times_at_once_does_what_one_run_does(string timer)
    {
        await using var once = await People.StartAsync(azurite);
        await using var often = await People.StartAsync(azurite);
        var before = once.Mailbox.All.Count;
        await PrepareAsync(once, timer);
        await PrepareAsync(often, timer);

        await once.RunTimerAsync(timer);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => often.RunTimerAsync(timer)));
        await often.SettleAsync();

        var mails = People.MailsSince(once, before);
        Assert.Equal(mails, People.MailsSince(often, before));
        await RunOutAsync(once);
        await RunOutAsync(often);
        Assert.Equal(People.MailsLater, People.MailsSince(often, before));
        Assert.Equal(await People.ShapeAsync(once), await People.ShapeAsync(often));
    }

    [Fact]
    public async Task All_timers_at_once_do_what_they_do_one_after_the_other()
    {
        await using var ordered = await People.StartAsync(azurite);
        await using var atOnce = await People.StartAsync(azurite);
        var before = ordered.Mailbox.All.Count;
        ordered.MoveTo(People.Later);
        atOnce.MoveTo(People.Later);

        await ordered.RunAllTimersAsync();
        await Task.WhenAll(Timers.Select(timer => atOnce.RunTimerAsync(timer.Data)));
        await RunOutAsync(ordered);
        await RunOutAsync(atOnce);

        Assert.Equal(People.MailsLater, People.MailsSince(atOnce, before));
        Assert.Equal(await People.ShapeAsync(ordered), await People.ShapeAsync(atOnce));
    }

    /// <summary>Something is due for each timer; for the mail timer, mails that the others could not send.</summary>
    private static async Task PrepareAsync(TestApp app, string timer)
    {
        if (timer == nameof(SendPendingMail))
        {
            await People.LeaveMailsWaitingAsync(app);
        }
        else
        {
            app.MoveTo(People.Later);
        }
    }

    /// <summary>Two hours on, also the marks of changes that lost a race are cleared away, and what another run kept is done.</summary>
    private static async Task RunOutAsync(TestApp app)
    {
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.RunAllTimersAsync();
    }
}
