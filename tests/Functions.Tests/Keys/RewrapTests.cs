using System.Net;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Keys;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Keys;

/// <summary>A new key-encryption key is promoted; the timer wraps every account's key by it.</summary>
public sealed class RewrapTests(AzuriteFixture azurite)
{
    private const int AtOnce = 4;

    [Fact]
    public async Task An_hour_after_the_promotion_every_account_and_registration_is_wrapped_by_the_new_key()
    {
        await using var before = await StartAsync();
        await using var app = await Ring.BesideAsync(azurite, before, 2, 1);
        app.Clock.Advance(KeyRules.Grace);

        var report = await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal((3, 3), report);
        Assert.Equal([2, 2, 2], await Ring.VersionsAsync(app));
    }

    [Fact]
    public async Task In_the_first_hour_after_the_promotion_nothing_is_wrapped_anew()
    {
        await using var before = await StartAsync();
        await using var app = await Ring.BesideAsync(azurite, before, 2, 1);
        app.Clock.Advance(KeyRules.Grace - TimeSpan.FromSeconds(1));

        await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal([1, 1, 1], await Ring.VersionsAsync(app));
    }

    [Fact]
    public async Task A_key_that_is_only_added_changes_nothing()
    {
        await using var before = await StartAsync();
        await using var app = await Ring.BesideAsync(azurite, before, 1, 2);
        app.Clock.Advance(KeyRules.Grace);

        var report = await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal((0, 0), report);
        Assert.Equal([1, 1, 1], await Ring.VersionsAsync(app));
    }

    [Fact]
    public async Task Once_all_is_done_a_run_costs_one_read()
    {
        await using var before = await StartAsync();
        await using var app = await PromotedAsync(before);
        await app.RunTimerAsync<RewrapAccountKeys>();

        var report = await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal((0, 0), report);
        Assert.StartsWith("GET ", Assert.Single(app.Calls.OfLastRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vouchers_that_nobody_entered_cost_nothing()
    {
        await using var before = await StartAsync();
        await Journey.IssueAsync(before, 200);
        await using var app = await PromotedAsync(before);

        await app.RunTimerAsync<RewrapAccountKeys>();

        // The keys; in each shard two ranges and the progress; of an account state and commit, once more the state where it has a second due row.
        Assert.InRange(app.Calls.OfLastRequest.Count, 1, 5 + (16 * 3) + (3 * 4));
    }

    [Fact]
    public async Task Whatever_call_a_run_dies_at_the_next_ones_finish()
    {
        await using var before = await StartAsync();
        await using var app = await PromotedAsync(before);
        var died = 0;

        for (var call = 1; (await RunAndDieAsync(app, call)).Status != HttpStatusCode.OK; call++)
        {
            died++;
            Assert.Equal(3, (await Ring.VersionsAsync(app)).Count);
        }

        Assert.InRange(died, 5, 1000);
        Assert.Equal([2, 2, 2], await Ring.VersionsAsync(app));
        Assert.Null((await KeysAsync(app)).Json["rewrap"]);
    }

    [Fact]
    public async Task Several_runs_at_once_do_what_one_does()
    {
        await using var before = await StartAsync();
        await using var app = await PromotedAsync(before);

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => app.RunTimerAsync<RewrapAccountKeys>()));
        await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal([2, 2, 2], await Ring.VersionsAsync(app));
        Assert.Null((await KeysAsync(app)).Json["rewrap"]);
    }

    [Fact]
    public async Task An_instance_that_still_has_the_earlier_ring_does_not_undo_the_work()
    {
        await using var before = await StartAsync();
        await using var old = await Ring.BesideAsync(azurite, before, 1, 2);
        await using var app = await PromotedAsync(before);
        await app.RunTimerAsync<RewrapAccountKeys>();

        await old.RunTimerAsync<RewrapAccountKeys>();
        app.Clock.Advance(KeyRules.Grace);
        await old.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal([2, 2, 2], await Ring.VersionsAsync(app));
    }

    [Fact]
    public async Task A_key_that_is_promoted_a_second_time_takes_over_what_was_made_in_between()
    {
        await using var before = await StartAsync();
        await using (var first = await PromotedAsync(before))
        {
            await first.RunTimerAsync<RewrapAccountKeys>();
        }
        await using (var back = await Ring.BesideAsync(azurite, before, 1, 2))
        {
            (await Journey.RegisteredAsync(back)).Dispose();
        }
        Assert.Equal([1, 2, 2, 2], await Ring.VersionsAsync(before));

        await using var app = await PromotedAsync(before);
        await app.RunTimerAsync<RewrapAccountKeys>();

        Assert.Equal([2, 2, 2, 2], await Ring.VersionsAsync(app));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void An_account_key_is_wrapped_towards_a_higher_version_only(int version, bool isRewrapped)
    {
        var wrapped = Ring.Cipher(version).NewWrappedKey("account");

        var again = Ring.Cipher(2, 3, 1).Rewrap(wrapped, "account");

        Assert.Equal(isRewrapped ? 2 : null, (int?)again?[0]);
    }

    /// <summary>Two accounts and a registration, under key 1.</summary>
    private async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(azurite);
        (await Journey.ActivatedAsync(app)).Dispose();
        (await Journey.ActivatedAsync(app)).Dispose();
        (await Journey.RegisteredAsync(app)).Dispose();
        await app.SettleAsync();
        return app;
    }

    /// <summary>With key 2 in front for an hour.</summary>
    private async Task<TestApp> PromotedAsync(TestApp before)
    {
        var app = await Ring.BesideAsync(azurite, before, 2, 1);
        app.Clock.Advance(KeyRules.Grace);
        return app;
    }

    private static async Task<Answer> RunAndDieAsync(TestApp app, int call)
    {
        app.Calls.Before = number =>
        {
            if (number == call)
            {
                throw new InvalidOperationException("The process died.");
            }
        };
        var answer = await app.Client.PostAsync($"/{nameof(RewrapAccountKeys)}", new { Data = new { }, Metadata = new { } });
        app.Calls.Before = null;
        return answer;
    }

    private static async Task<Answer> KeysAsync(TestApp app) => (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/keys")).MustBe(HttpStatusCode.OK);
}
