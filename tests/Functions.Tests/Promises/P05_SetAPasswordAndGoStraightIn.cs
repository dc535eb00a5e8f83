using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

public sealed class P05_SetAPasswordAndGoStraightIn(AzuriteFixture azurite)
{
    [Fact]
    public async Task Activation_opens_a_session()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        var activated = await person.ActivateAsync();

        Assert.True(activated.Status == HttpStatusCode.OK, activated.ToString());
        var profile = await person.ProfileAsync();
        Assert.Equal(HttpStatusCode.OK, profile.Status);
        Assert.Equal(person.Email, profile.Json["email"]!.GetValue<string>());
    }
}
