using System.Net;
using Azure.Core;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>An activation touches other tables before it commits; one that dies or is overtaken on the way leaves no trace of the person there.</summary>
public sealed class AbandonedActivationTests(AzuriteFixture azurite)
{
    private const string Name = "Anne Muster";
    private const string Email = "anne.first@example.ch";
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public async Task Nothing_is_left_of_an_activation_that_died_between_claim_and_commit()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        await DeadProcess.ActivatingAsync(app, first);
        var traces = Traces.Of(app, Name, Email);
        app.Clock.Advance(Day);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        await traces.AssertGoneAsync();
        Assert.Empty(await app.DumpAsync("emails"));
    }

    [Fact]
    public async Task Nothing_is_left_of_an_activation_that_died_when_a_second_person_had_the_voucher_before_the_timer_ran()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        await DeadProcess.ActivatingAsync(app, first);
        var traces = Traces.Of(app, Name, Email);
        app.Clock.Advance(Day);
        using var second = await SecondPersonAsync(app, first);
        (await second.ActivateAsync()).MustBe(HttpStatusCode.OK);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        await traces.AssertGoneAsync();
        Assert.Single(await app.DumpAsync("emails"));
        (await second.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_is_left_of_an_activation_that_died_before_the_address_was_corrected()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        await DeadProcess.ActivatingAsync(app, first);
        (await first.CorrectEmailAsync("anne.corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        var traces = Traces.Of(app, Name, Email, "anne.corrected@example.ch");
        app.Clock.Advance(Day);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        await traces.AssertGoneAsync();
    }

    [Fact]
    public async Task Nothing_is_left_of_an_activation_that_the_timer_overtook()
    {
        TestApp? lapsing = null;
        var overtaken = new Interruption(RequestMethod.Post, "emails", async () =>
        {
            lapsing!.Clock.Advance(TimeSpan.FromSeconds(1));
            await lapsing.RunTimerAsync<RemoveUnactivatedRegistrations>();
        });
        await using var app = lapsing = await TestApp.StartAsync(
            azurite, options => options.Tables = client => client.AddPolicy(overtaken, HttpPipelinePosition.PerCall));
        using var first = await RegisteredAsync(app);
        var traces = Traces.Of(app, Name, Email);
        app.Clock.Advance(Day - TimeSpan.FromSeconds(1));

        (await first.ActivateAsync()).MustBe(HttpStatusCode.Gone, "activation-expired");

        Assert.True(overtaken.HasHappened);
        await traces.AssertGoneAsync();
        (await first.CheckAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_second_click_on_the_link_at_the_same_time_does_no_harm_to_the_account()
    {
        Journey? clicking = null;
        var link = "";
        var second = new Interruption(RequestMethod.Post, "emails", async () =>
            (await clicking!.ActivateAsync(link, Journey.Password)).MustBe(HttpStatusCode.OK));
        await using var app = await TestApp.StartAsync(
            azurite, options => options.Tables = client => client.AddPolicy(second, HttpPipelinePosition.PerCall));
        using var first = await RegisteredAsync(app);
        clicking = first;
        link = await first.TokenAsync();

        (await first.ActivateAsync(link, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-used");

        Assert.True(second.HasHappened);
        (await first.LogInAsync()).MustBe(HttpStatusCode.OK);
        Assert.Contains(await app.DumpAsync("due"), line => line.Contains("RowKey=delete-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_that_was_activated_again_after_a_death_keeps_its_claim_and_what_is_due()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        await DeadProcess.ActivatingAsync(app, first);
        (await first.ActivateAsync()).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(Day);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        (await first.LogInAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal(
            ["delete", "lock", "remind", "remind", "remind"],
            (await app.DumpAsync("due")).Select(line => line.Split("RowKey=")[1].Split('-')[0]).Order());
    }

    [Fact]
    public async Task Nothing_is_left_of_a_cancelled_registration_with_two_addresses_and_a_dead_activation()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await RegisteredAsync(app);
        await DeadProcess.ActivatingAsync(app, first);
        (await first.CorrectEmailAsync("anne.corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        var traces = Traces.Of(app, Name, Email, "anne.corrected@example.ch");

        (await first.CancelAsync()).MustBe(HttpStatusCode.NoContent);

        await traces.AssertGoneAsync();
        Assert.Empty(await app.DumpAsync("emails"));
    }

    private static Task<Journey> RegisteredAsync(TestApp app) => Journey.RegisteredAsync(app, Email);

    private static async Task<Journey> SecondPersonAsync(TestApp app, Journey first)
    {
        var second = new Journey(app, first.Code, "beat.second@example.ch");
        (await second.RegisterAsync("Beat Beispiel")).MustBe(HttpStatusCode.Accepted);
        return second;
    }
}
