using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P05_SetAPasswordAndGoStraightIn(AzuriteFixture azurite)
{
    [Fact]
    public async Task Activation_opens_a_session()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        var activated = await person.ActivateAsync();

        activated.MustBe(HttpStatusCode.OK);
        var profile = (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal(person.Email, profile.Json["email"]!.GetValue<string>());
        Assert.Equal(activated.Body, profile.Body);
    }

    [Fact]
    public async Task The_password_that_was_set_is_the_one_that_logs_in()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.LogInAsync("another horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Before_the_activation_there_is_no_account()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        (await person.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task The_link_alone_activates_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var link = await person.TokenAsync();
        var before = await app.DumpAsync();

        (await person.Client.GetAsync($"/api/activations?token={link}", bearer: null)).MustBe(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        (await person.Client.PostAsync("/api/activations", new { token = link })).MustBe(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(before, await app.DumpAsync());
    }

    [Fact]
    public async Task A_weak_password_does_not_use_the_link_up()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        var weak = (await person.ActivateAsync("short")).MustBe(HttpStatusCode.BadRequest, "password-too-weak");

        Assert.Equal("too-short", weak.Json["reason"]!.GetValue<string>());
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_that_was_used_neither_signs_in_nor_sets_another_password()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var thief = new Journey(app, person.Code, person.Email);

        var used = (await thief.ActivateAsync("another horse battery staple")).MustBe(HttpStatusCode.Gone, "activation-used");

        Assert.Equal(app.Now, used.Instant("usedAt"));
        (await thief.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
    }
}
