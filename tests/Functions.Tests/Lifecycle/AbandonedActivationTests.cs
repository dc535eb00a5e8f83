using System.Net;
using Azure.Core;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
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
        // Sooner it might not be dead.
        app.Clock.Advance(DueItem.OrphanGrace + TimeSpan.FromSeconds(1));

        (await first.CancelAsync()).MustBe(HttpStatusCode.NoContent);

        await traces.AssertGoneAsync();
        Assert.Empty(await app.DumpAsync("emails"));
    }

    [Fact]
    public async Task Nothing_is_left_of_an_activation_that_claimed_the_address_after_a_cancellation_and_then_died()
    {
        Journey? cancelling = null;
        var storage = new UnreachableStorage(request => request.Uri.ToString().Contains("$batch", StringComparison.Ordinal));
        var overtaken = new Interruption(RequestMethod.Post, "emails", async () =>
        {
            (await cancelling!.CancelAsync()).MustBe(HttpStatusCode.NoContent);
            storage.IsAway = true;
        });
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = client =>
        {
            client.Hurry().AddPolicy(overtaken, HttpPipelinePosition.PerCall);
            client.AddPolicy(storage, HttpPipelinePosition.PerRetry);
        });
        using var first = cancelling = await RegisteredAsync(app);
        var traces = Traces.Of(app, Name, Email);
        (await first.ActivateAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.True(overtaken.HasHappened);
        Assert.Single(await app.DumpAsync("emails"));
        storage.IsAway = false;
        app.Clock.Advance(Day + AccountDue.ClaimCheckAfter);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        Assert.Empty(await app.DumpAsync("emails"));
        await traces.AssertGoneAsync();
    }

    [Fact]
    public async Task A_correction_and_a_cancellation_succeed_though_the_storage_does_not_answer_when_tidying_up_and_the_timer_does_it()
    {
        var storage = new UnreachableStorage(request => request.Method == RequestMethod.Get
            && (request.Uri.Path.Contains("emails", StringComparison.Ordinal) || request.Uri.ToString().Contains("lapse-", StringComparison.Ordinal)));
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = client => client.Hurry().AddPolicy(storage, HttpPipelinePosition.PerRetry));
        using var first = await RegisteredAsync(app);
        await DeadProcess.ActivatingAsync(app, first);
        var traces = Traces.Of(app, Name, Email, "anne.corrected@example.ch");
        await app.SettleAsync();
        storage.IsAway = true;

        (await first.CorrectEmailAsync("anne.corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        (await first.CancelAsync()).MustBe(HttpStatusCode.NoContent);

        Assert.True(storage.Tries > 1);
        storage.IsAway = false;
        (await first.CheckAsync()).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(Day);
        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();
        await traces.AssertGoneAsync();
        Assert.Empty(await app.DumpAsync("emails"));
    }

    /// <summary>The second look is there already, of an attempt that died; the cancellation has read it and is about to remove it.</summary>
    [Fact]
    public async Task A_cancellation_does_not_remove_the_second_look_that_an_activation_relies_on()
    {
        Journey? cancelling = null;
        Task<Answer>? cancellation = null;
        var (isRemoving, hasDied) = (new TaskCompletionSource(), new TaskCompletionSource());
        var storage = new UnreachableStorage(request => request.Uri.Path.Contains("$batch", StringComparison.Ordinal));
        var beginning = new Interruption(RequestMethod.Post, "$batch", async () =>
        {
            cancellation = cancelling!.CancelAsync();
            await isRemoving.Task;
        })
        { IsArmed = false };
        // The five of the account that will not be, its lapse, and then the second look.
        var removing = new Interruption(RequestMethod.Delete, "due", async () =>
        {
            isRemoving.SetResult();
            await hasDied.Task;
        }, at: 7)
        { IsArmed = false };
        var claiming = new Interruption(RequestMethod.Post, "emails", () =>
        {
            storage.IsAway = true;
            return Task.CompletedTask;
        })
        { IsArmed = false };
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = client =>
        {
            client.Hurry().AddPolicy(beginning, HttpPipelinePosition.PerCall);
            client.AddPolicy(removing, HttpPipelinePosition.PerCall);
            client.AddPolicy(claiming, HttpPipelinePosition.PerCall);
            client.AddPolicy(storage, HttpPipelinePosition.PerRetry);
        });
        using var first = cancelling = await RegisteredAsync(app);
        await app.SettleAsync();
        await DeadProcess.ActivatingAsync(app, first);
        app.Clock.Advance(2 * DueItem.OrphanGrace);
        beginning.IsArmed = removing.IsArmed = claiming.IsArmed = true;

        (await first.ActivateAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        storage.IsAway = false;
        hasDied.SetResult();
        (await cancellation!).MustBe(HttpStatusCode.NoContent);

        Assert.Single(await app.DumpAsync("emails"));
        app.Clock.Advance(Day);
        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();
        Assert.Empty(await app.DumpAsync("emails"));
    }

    [Fact]
    public async Task Nothing_is_left_of_an_activation_that_claimed_the_address_long_after_the_lapse_and_then_died()
    {
        var storage = new UnreachableStorage(request => request.Uri.ToString().Contains("$batch", StringComparison.Ordinal));
        TestApp? lapsing = null;
        var overtaken = new Interruption(RequestMethod.Post, "emails", async () =>
        {
            lapsing!.Clock.Advance(TimeSpan.FromMinutes(10));
            await lapsing.RunTimerAsync<RemoveUnactivatedRegistrations>();
            storage.IsAway = true;
        });
        await using var app = lapsing = await TestApp.StartAsync(azurite, options => options.Tables = client =>
        {
            client.Hurry().AddPolicy(overtaken, HttpPipelinePosition.PerCall);
            client.AddPolicy(storage, HttpPipelinePosition.PerRetry);
        });
        using var first = await RegisteredAsync(app);
        var traces = Traces.Of(app, Name, Email);
        app.Clock.Advance(Day - TimeSpan.FromSeconds(1));
        (await first.ActivateAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.Single(await app.DumpAsync("emails"));
        storage.IsAway = false;
        app.Clock.Advance(DueItem.OrphanGrace);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        Assert.Empty(await app.DumpAsync("emails"));
        await traces.AssertGoneAsync();
    }

    private static Task<Journey> RegisteredAsync(TestApp app) => Journey.RegisteredAsync(app, Email);

    private static async Task<Journey> SecondPersonAsync(TestApp app, Journey first)
    {
        var second = new Journey(app, first.Code, "beat.second@example.ch");
        (await second.RegisterAsync("Beat Beispiel")).MustBe(HttpStatusCode.Accepted);
        return second;
    }
}
