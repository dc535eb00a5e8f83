using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>24 hours after a registration that was not activated, no table holds a trace of the person: name, address, or a hash of it.</summary>
public sealed class LapseTests(AzuriteFixture azurite)
{
    private const string Name = "Anne Muster";
    private const string Email = "anne.first@example.ch";
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public async Task After_the_timer_the_voucher_is_as_it_was_issued_and_nothing_else_is_left()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        var traces = Traces.Of(app, Name, Email);
        await traces.AssertThereAsync();
        app.Clock.Advance(Day);

        var (due, done) = await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        Assert.Equal((1, 1), (due, done));
        await traces.AssertGoneAsync();
        Assert.Empty(await app.DumpAsync("emails", "due"));
        var state = Assert.Single(await app.DumpAsync("vouchers"));
        Assert.Contains("Status=Issued", state, StringComparison.Ordinal);
        Assert.DoesNotContain("Registration", state, StringComparison.Ordinal);
        Assert.DoesNotContain("Nonce", state, StringComparison.Ordinal);
        (await first.CheckAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_second_before_the_24_hours_are_over_the_timer_removes_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        app.Clock.Advance(Day - TimeSpan.FromSeconds(1));

        var (due, done) = await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        Assert.Equal((0, 0), (due, done));
        (await first.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_is_left_of_the_first_person_when_a_second_one_had_the_voucher_before_the_timer_ran()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        var traces = Traces.Of(app, Name, Email);
        app.Clock.Advance(Day);
        using var second = await SecondPersonAsync(app, first);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        await traces.AssertGoneAsync();
        (await second.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_is_left_of_the_first_person_when_a_second_one_had_an_account_before_the_timer_ran()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        var traces = Traces.Of(app, Name, Email);
        app.Clock.Advance(Day);
        using var second = await SecondPersonAsync(app, first);
        (await second.ActivateAsync()).MustBe(HttpStatusCode.OK);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        await traces.AssertGoneAsync();
        (await second.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23 * 60 + 50)]
    public async Task Nothing_is_left_of_either_address_after_a_correction(int minutesAfterRegistration)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        var end = app.Now + Day;
        app.Clock.Advance(TimeSpan.FromMinutes(minutesAfterRegistration));
        (await first.CorrectEmailAsync("anne.corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        var traces = Traces.Of(app, Name, Email, "anne.corrected@example.ch");
        app.MoveTo(end);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        await traces.AssertGoneAsync();
    }

    [Fact]
    public async Task The_lapse_of_a_second_voucher_leaves_the_persons_account_alone()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app, Email);
        using var second = await RegisteredAsync(app);
        app.Clock.Advance(Day);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await second.CheckAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_a_cancellation_the_voucher_is_free_at_once_and_the_persons_data_are_gone()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);

        var traces = Traces.Of(app, Name, Email);

        (await first.CancelAsync()).MustBe(HttpStatusCode.NoContent);

        await traces.AssertGoneAsync();
        using var second = await SecondPersonAsync(app, first);
        (await first.CancelAsync()).MustBe(HttpStatusCode.Gone, "registration-ended");
        (await second.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    private static Task<Journey> RegisteredAsync(TestApp app) => Journey.RegisteredAsync(app, Email);

    private static async Task<Journey> SecondPersonAsync(TestApp app, Journey first)
    {
        var second = new Journey(app, first.Code, "beat.second@example.ch");
        (await second.RegisterAsync("Beat Beispiel")).MustBe(HttpStatusCode.Accepted);
        return second;
    }
}
