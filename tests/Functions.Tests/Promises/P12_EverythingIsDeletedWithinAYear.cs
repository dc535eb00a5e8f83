using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P12_EverythingIsDeletedWithinAYear(AzuriteFixture azurite)
{
    private const string End = "2027-02-20T23:00:00Z";
    private const string Deadline = "2028-02-20T23:00:00Z";
    private const string WorkStarts = "2028-02-13T23:00:00Z";

    [Fact]
    public async Task The_deadline_that_is_shown_is_a_year_after_the_end()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var profile = await person.ProfileAsync();

        Assert.Equal(Deadline, profile.Json["deletedAtLatest"]!.GetValue<string>());
        Assert.Equal(profile.Instant("accessUntil").AddYears(1), profile.Instant("deletedAtLatest"));
    }

    [Fact]
    public async Task Nothing_is_deleted_more_than_7_days_before_the_deadline()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(End);
        await app.RunAllTimersAsync();
        app.MoveTo("2028-02-13T22:59:59Z");
        var before = await app.DumpAsync();

        await app.RunAllTimersAsync();

        Assert.Equal(before, await app.DumpAsync());
        (await person.LogInAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
    }

    [Fact]
    public async Task Seven_days_before_the_deadline_everything_goes()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        app.MoveTo(End);
        await app.RunAllTimersAsync();
        await traces.AssertThereAsync();
        app.MoveTo(WorkStarts);

        await app.RunTimerAsync<DeleteExpiredData>();

        Assert.Empty(await app.DumpAsync("vouchers", "emails", "due"));
        await traces.AssertGoneAsync();
    }

    [Fact]
    public async Task The_last_mail_says_that_everything_is_deleted()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(WorkStarts);

        await app.RunTimerAsync<DeleteExpiredData>();

        Assert.Equal("Vos données sont effacées", app.Mailbox.To(person.Email)[^1].Title());
    }

    [Fact]
    public async Task Afterwards_nobody_knows_the_person_any_more()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(WorkStarts);

        await app.RunTimerAsync<DeleteExpiredData>();

        (await person.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }
}
