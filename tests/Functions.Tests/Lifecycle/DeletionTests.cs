using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>An account of 22 November 2026: access ends with 20 February 2027, everything is gone by the end of 20 February 2028.</summary>
public sealed class DeletionTests(AzuriteFixture azurite)
{
    private const string End = "2027-02-20T23:00:00Z";
    private const string WorkStarts = "2028-02-13T23:00:00Z";
    private const string Deadline = "2028-02-20T23:00:00Z";
    private const string Farewell = "Vos données sont effacées";

    [Theory]
    [InlineData(WorkStarts, "on time")]
    [InlineData("2028-02-19T23:00:00Z", "after a pause of 6 days")]
    [InlineData("2028-02-20T22:30:00Z", "in the last hour")]
    public async Task Everything_is_gone_before_the_deadline_and_the_person_is_told_once(string timersRun, string because)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        app.MoveTo("2028-02-13T22:30:00Z");
        await app.RunAllTimersAsync();
        await traces.AssertThereAsync();
        app.MoveTo(timersRun);

        await app.RunTimerAsync<DeleteExpiredData>();
        await app.RunAllTimersAsync();

        await AssertNothingLeftAsync(app, traces, because);
        Assert.Single(app.Mailbox.To(person.Email), mail => mail.Title() == Farewell);
        Assert.Equal(Farewell, app.Mailbox.To(person.Email)[^1].Title());
    }

    [Theory]
    [InlineData(Deadline, "at the deadline itself")]
    [InlineData("2029-02-20T23:00:00Z", "a year late")]
    public async Task The_first_run_after_a_pause_beyond_the_deadline_leaves_nothing_and_waits_for_no_mail(string timersRun, string because)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        app.MoveTo(timersRun);

        await app.RunTimerAsync<DeleteExpiredData>();

        await AssertNothingLeftAsync(app, traces, because);
    }

    [Fact]
    public async Task All_timers_after_a_pause_of_two_years_leave_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        app.MoveTo("2028-11-22T10:00:00Z");

        await app.RunAllTimersAsync();

        await AssertNothingLeftAsync(app, traces, "two years later");
    }

    [Fact]
    public async Task The_password_the_sessions_and_the_claim_go_at_once_and_only_the_address_waits_for_the_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        app.MoveTo(WorkStarts);

        await app.RunTimerAsync<DeleteExpiredData>();

        var rows = await app.DumpAsync("vouchers");
        Assert.Equal(["mail", "state"], rows.Select(line => line.Split("RowKey=")[1].Split(' ', '-')[0]).Order());
        Assert.DoesNotContain(rows, line => line.Contains("PasswordHash", StringComparison.Ordinal));
        Assert.Empty(await app.DumpAsync("emails"));
        (await person.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
    }

    [Fact]
    public async Task A_mail_service_that_comes_back_lets_the_farewell_go_and_the_rest_with_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        app.MoveTo(WorkStarts);
        await app.RunTimerAsync<DeleteExpiredData>();
        app.Mailbox.Failure = null;
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        await app.RunTimerAsync<SendPendingMail>();

        Assert.Single(app.Mailbox.To(person.Email), mail => mail.Title() == Farewell);
        await AssertNothingLeftAsync(app, traces, "the farewell is away");
    }

    [Theory]
    [InlineData(WorkStarts, "2028-02-16T23:00:00Z")]
    [InlineData("2028-02-19T23:00:00Z", Deadline)]
    public async Task A_mail_service_that_never_comes_back_holds_the_deletion_up_for_three_days_and_never_beyond_the_deadline(string begun, string gone)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        app.MoveTo(begun);
        await app.RunAllTimersAsync();
        await traces.AssertThereAsync();
        app.MoveTo(gone);

        await app.RunTimerAsync<DeleteExpiredData>();

        await AssertNothingLeftAsync(app, traces, "the farewell was given up");
    }

    [Fact]
    public async Task The_code_of_a_deleted_account_is_used_for_ever_and_its_office_sees_only_that()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (id, code) = (await Journey.IssueAsync(app, 1, "2031-01-01T00:00:00Z"))[0];
        using var person = new Journey(app, code, "anne@example.ch");
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo(WorkStarts);

        await app.RunTimerAsync<DeleteExpiredData>();

        (await person.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
        (await app.Client.PostAsync($"/api/vouchers/{id}/revoke", null, app.IssuerKey)).MustBe(HttpStatusCode.Conflict, "voucher-used");
        Assert.Equal(
            $$"""{"id":"{{id}}","status":"deleted"}""", (await app.Client.GetAsync($"/api/vouchers/{id}", app.IssuerKey)).MustBe(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task The_deletion_of_an_old_account_leaves_the_new_one_of_the_same_address_alone()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var old = await Journey.ActivatedAsync(app, "anne@example.ch");
        app.MoveTo("2028-01-10T10:00:00Z");
        using var renewed = await Journey.ActivatedAsync(app, "anne@example.ch");
        app.MoveTo(WorkStarts);

        await app.RunTimerAsync<DeleteExpiredData>();

        (await renewed.LogInAsync()).MustBe(HttpStatusCode.OK);
        Assert.Contains("Status=Active", Assert.Single(await app.DumpAsync("vouchers"), line => line.Contains("RowKey=state", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    /// <summary>An account with everything that one leaves behind: a corrected address, sessions, a failed log-in, an outstanding reset link.</summary>
    private static async Task<Journey> WithAPastAsync(TestApp app)
    {
        var person = await Journey.RegisteredAsync(app);
        (await person.CorrectEmailAsync("anne.corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await person.LogInAsync("another horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();
        return person;
    }

    private static async Task AssertNothingLeftAsync(TestApp app, Traces traces, string because)
    {
        var left = await app.DumpAsync("vouchers", "emails", "due", "throttle");
        Assert.True(left.Count == 0, $"{because}:\n{string.Join('\n', left)}");
        await traces.AssertGoneAsync();
    }
}
