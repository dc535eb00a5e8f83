using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P04_TheActivationLinkLives24Hours(AzuriteFixture azurite)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task At_23_59_59_the_link_works()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        app.Clock.Advance(Day - Second);

        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task At_24_00_00_the_link_is_dead()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        app.Clock.Advance(Day);

        var late = (await person.ActivateAsync()).MustBe(HttpStatusCode.Gone, "activation-expired");
        Assert.Equal(app.Now, late.Instant("expiredAt"));
    }

    [Fact]
    public async Task The_end_that_is_told_is_24_hours_after_the_registration()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);

        var registered = await person.RegisterAsync();

        Assert.Equal(app.Now + Day, registered.Instant("activateBefore"));
    }

    [Fact]
    public async Task Until_then_nobody_else_can_have_the_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.RegisteredAsync(app);
        using var second = new Journey(app, first.Code, "second@example.ch");

        app.Clock.Advance(Day - Second);

        var check = (await second.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-pending");
        Assert.Equal(app.Now + Second, check.Instant("pendingUntil"));
        (await second.RegisterAsync()).MustBe(HttpStatusCode.Conflict, "voucher-pending");
    }

    [Fact]
    public async Task At_24_00_00_somebody_else_can_redeem_the_voucher_before_any_timer_has_run()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.RegisteredAsync(app);
        using var second = new Journey(app, first.Code, "second@example.ch");

        app.Clock.Advance(Day);

        (await second.CheckAsync()).MustBe(HttpStatusCode.OK);
        (await second.RegisterAsync("Beat Beispiel")).MustBe(HttpStatusCode.Accepted);
        var activated = (await second.ActivateAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal("second@example.ch", activated.Json["email"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_old_link_stays_dead_when_somebody_else_has_the_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var first = await Journey.RegisteredAsync(app);
        var link = await first.TokenAsync();
        using var second = new Journey(app, first.Code, "second@example.ch");
        app.Clock.Advance(Day);
        (await second.RegisterAsync("Beat Beispiel")).MustBe(HttpStatusCode.Accepted);

        (await first.ActivateAsync(link, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-expired");

        (await second.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await first.ActivateAsync(link, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-expired");
    }

    [Fact]
    public async Task Sending_the_link_again_does_not_extend_its_life()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var end = app.Now + Day;
        app.Clock.Advance(TimeSpan.FromHours(23));

        var resent = (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);
        var link = await person.TokenAsync();
        app.MoveTo(end);

        Assert.Equal(2, app.Mailbox.To(person.Email).Count);
        Assert.Equal(end, resent.Instant("activateBefore"));
        (await person.ActivateAsync(link, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-expired");
    }

    [Fact]
    public async Task Registering_again_while_the_link_lives_does_not_extend_its_life()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var end = app.Now + Day;
        app.Clock.Advance(TimeSpan.FromHours(23));

        var again = (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        app.MoveTo(end);

        Assert.Equal(end, again.Instant("activateBefore"));
        (await person.ActivateAsync()).MustBe(HttpStatusCode.Gone, "activation-expired");
    }

    [Fact]
    public async Task Correcting_the_address_does_not_extend_the_links_life()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var end = app.Now + Day;
        app.Clock.Advance(TimeSpan.FromHours(23));

        var corrected = (await person.CorrectEmailAsync("corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        var link = await person.TokenAsync();
        app.MoveTo(end);

        Assert.Equal(end, corrected.Instant("activateBefore"));
        (await person.ActivateAsync(link, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-expired");
    }

    [Fact]
    public async Task Afterwards_the_same_person_registers_again_with_the_same_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        app.Clock.Advance(Day);

        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);

        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Afterwards_the_persons_data_are_gone()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        await traces.AssertThereAsync();
        app.Clock.Advance(Day);

        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();

        await traces.AssertGoneAsync();
        (await person.ResendAsync()).MustBe(HttpStatusCode.Gone, "registration-ended");
    }
}
