using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>Before a password is typed, the page asks whether the link works and for which account.</summary>
public sealed class LinkCheckTests(AzuriteFixture azurite)
{
    private const string Activation = "/api/activations";
    private const string Reset = "/api/password-resets/complete";
    private const string NewPassword = "seven green bicycles sing";

    /// <summary>How a link dies, and what completing says of it.</summary>
    private static readonly Dictionary<string, (string Call, Func<TestApp, Task<string>> MakeAsync, string Code)> Dead = new()
    {
        ["cut off"] = (Activation, async app => (await PendingAsync(app)).Token[..40], "invalid-request"),
        ["one character wrong"] = (Activation, async app => Flip((await PendingAsync(app)).Token), "invalid-request"),
        ["empty"] = (Activation, _ => Task.FromResult(""), "invalid-request"),
        ["too long"] = (Activation, _ => Task.FromResult(new string('A', 201)), "invalid-request"),
        ["of a reset"] = (Activation, async app => (await ForgetfulAsync(app)).Token, "invalid-request"),
        ["24 hours old"] = (Activation, async app => await LaterAsync(app, (await PendingAsync(app)).Token, TimeSpan.FromHours(24)), "activation-expired"),
        ["24 hours old and cleaned up"] = (Activation, CleanedUpAsync, "activation-expired"),
        ["used"] = (Activation, UsedAsync, "activation-used"),
        ["used, and the account erased"] = (Activation, UsedAndErasedAsync, "activation-expired"),
        ["replaced by a corrected address"] = (Activation, CorrectedAsync, "activation-expired"),
        ["of a registration that was cancelled"] = (Activation, CancelledAsync, "activation-expired"),
        ["of an address that has an account"] = (Activation, SecondAsync, "account-exists"),
        ["reset: cut off"] = (Reset, async app => (await ForgetfulAsync(app)).Token[..71], "invalid-request"),
        ["reset: of an activation"] = (Reset, async app => (await PendingAsync(app)).Token, "invalid-request"),
        ["reset: 60 minutes old"] = (Reset, async app => await LaterAsync(app, (await ForgetfulAsync(app)).Token, TimeSpan.FromMinutes(60)), "reset-expired"),
        ["reset: used"] = (Reset, UsedResetAsync, "reset-used"),
        ["reset: replaced by a newer one"] = (Reset, ReplacedResetAsync, "reset-expired"),
        ["reset: void by a change of the password"] = (Reset, ChangedAsync, "reset-used"),
        ["reset: of an account that was erased"] = (Reset, ErasedAsync, "reset-expired"),
        ["reset: after the end of the access"] = (Reset, EndedAsync, "reset-expired"),
    };

    public static TheoryData<string> DeadLinks => [.. Dead.Keys];

    [Fact]
    public async Task A_person_sees_for_which_account_the_activation_link_is_and_how_long_it_works()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (person, token) = await PendingAsync(app, "maria.rossi@example.ch");

        var link = (await CheckAsync(app, Activation, token)).MustBe(HttpStatusCode.OK);

        Assert.Equal(("m•••@example.ch", app.Now.AddHours(24)), (link.Text("email"), link.Instant("until")));
        Assert.DoesNotContain("rossi", link.Body, StringComparison.Ordinal);
        Assert.Equal(2, link.Json.AsObject().Count);
        Assert.Equal("no-store", link.Headers.CacheControl!.ToString());
        person.Dispose();
    }

    [Fact]
    public async Task A_person_sees_for_which_account_the_reset_link_is_and_how_long_it_works()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (_, token) = await ForgetfulAsync(app, "beat@example.ch");

        var link = (await CheckAsync(app, Reset, token)).MustBe(HttpStatusCode.OK);

        Assert.Equal(("b•••@example.ch", app.Now.AddMinutes(60)), (link.Text("email"), link.Instant("until")));
    }

    [Fact]
    public async Task A_reset_link_of_the_last_evening_works_until_the_access_ends()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T22:30:00Z");
        await person.RequestResetAsync();

        var link = (await CheckAsync(app, Reset, await person.TokenAsync())).MustBe(HttpStatusCode.OK);

        Assert.Equal(DateTimeOffset.Parse("2027-02-20T23:00:00Z", System.Globalization.CultureInfo.InvariantCulture), link.Instant("until"));
    }

    [Theory]
    [MemberData(nameof(DeadLinks))]
    public async Task A_dead_link_is_refused_on_arrival_as_it_would_be_after_the_password(string link)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (call, makeAsync, code) = Dead[link];
        var token = await makeAsync(app);

        var onArrival = await CheckAsync(app, call, token);
        var reads = app.Calls.OfLastRequest.Count;
        var afterwards = await app.Client.PostAsync(call, new { token, password = NewPassword });

        Assert.Equal(code, onArrival.Code);
        Assert.Equal((afterwards.Status, afterwards.Body), (onArrival.Status, onArrival.Body));
        if (code != "account-exists")
        {
            // There completing changes something. Else both make the same calls, whether the voucher is known or not.
            Assert.Equal(app.Calls.OfLastRequest.Count, reads);
        }
    }

    [Theory]
    [InlineData(Activation, HttpStatusCode.OK)]
    [InlineData(Reset, HttpStatusCode.NoContent)]
    public async Task A_link_that_was_looked_at_ten_times_still_works(string call, HttpStatusCode done)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (_, token) = call == Reset ? await ForgetfulAsync(app) : await PendingAsync(app);
        var before = await app.DumpAsync();

        for (var time = 0; time < 10; time++)
        {
            (await CheckAsync(app, call, token)).MustBe(HttpStatusCode.OK);
        }

        Assert.Equal(before, await app.DumpAsync());
        (await app.Client.PostAsync(call, new { token, password = NewPassword })).MustBe(done);
    }

    [Fact]
    public async Task A_voucher_stays_taken_while_the_page_only_looks_whether_the_address_has_an_account()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var token = await SecondAsync(app);
        var before = await app.DumpAsync();

        (await CheckAsync(app, Activation, token)).MustBe(HttpStatusCode.Conflict, "account-exists");

        Assert.Equal(before, await app.DumpAsync());
    }

    private static Task<Answer> CheckAsync(TestApp app, string call, string token) =>
        app.Client.PostAsync(call.Replace("/complete", "", StringComparison.Ordinal) + "/check", new { token });

    private static async Task<(Journey Person, string Token)> PendingAsync(TestApp app, string? email = null)
    {
        var person = await Journey.RegisteredAsync(app, email);
        return (person, await person.TokenAsync());
    }

    private static async Task<(Journey Person, string Token)> ForgetfulAsync(TestApp app, string? email = null)
    {
        var person = await Journey.ActivatedAsync(app, email);
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        return (person, await person.TokenAsync());
    }

    private static string Flip(string token) => token[..30] + (token[30] == 'x' ? 'y' : 'x') + token[31..];

    private static Task<string> LaterAsync(TestApp app, string token, TimeSpan time)
    {
        app.Clock.Advance(time);
        return Task.FromResult(token);
    }

    private static async Task<string> CleanedUpAsync(TestApp app)
    {
        var (_, token) = await PendingAsync(app);
        app.Clock.Advance(TimeSpan.FromHours(25));
        await app.RunAllTimersAsync();
        return token;
    }

    private static async Task<string> UsedAsync(TestApp app)
    {
        var (person, token) = await PendingAsync(app);
        (await person.ActivateAsync(token, Journey.Password)).MustBe(HttpStatusCode.OK);
        return token;
    }

    private static async Task<string> UsedAndErasedAsync(TestApp app)
    {
        var (person, token) = await PendingAsync(app);
        (await person.ActivateAsync(token, Journey.Password)).MustBe(HttpStatusCode.OK);
        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        return token;
    }

    private static async Task<string> CorrectedAsync(TestApp app)
    {
        var (person, token) = await PendingAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        (await person.CorrectEmailAsync("corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        return token;
    }

    private static async Task<string> CancelledAsync(TestApp app)
    {
        var (person, token) = await PendingAsync(app);
        (await person.CancelAsync()).MustBe(HttpStatusCode.NoContent);
        return token;
    }

    private static async Task<string> SecondAsync(TestApp app)
    {
        var (second, token) = await PendingAsync(app);
        await Journey.ActivatedAsync(app, second.Email);
        return token;
    }

    private static async Task<string> UsedResetAsync(TestApp app)
    {
        var (person, token) = await ForgetfulAsync(app);
        (await person.CompleteResetAsync(token, "another horse battery staple")).MustBe(HttpStatusCode.NoContent);
        return token;
    }

    private static async Task<string> ReplacedResetAsync(TestApp app)
    {
        var (person, token) = await ForgetfulAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();
        return token;
    }

    private static async Task<string> ChangedAsync(TestApp app)
    {
        var (person, token) = await ForgetfulAsync(app);
        (await person.ChangePasswordAsync(Journey.Password, "another horse battery staple")).MustBe(HttpStatusCode.NoContent);
        return token;
    }

    private static async Task<string> ErasedAsync(TestApp app)
    {
        var (person, token) = await ForgetfulAsync(app);
        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        return token;
    }

    private static async Task<string> EndedAsync(TestApp app)
    {
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T22:30:00Z");
        await person.RequestResetAsync();
        return await LaterAsync(app, await person.TokenAsync(), TimeSpan.FromMinutes(30));
    }
}
