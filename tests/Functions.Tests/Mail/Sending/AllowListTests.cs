using Microsoft.Extensions.DependencyInjection.Extensions;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Mail.Sending.Acs;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>Outside production nobody gets mail who is not on the list.</summary>
public sealed class AllowListTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("anna@test.example.ch", true)]
    [InlineData("Anna@TEST.example.ch", true)]
    [InlineData("One.Person@example.com", true)]
    [InlineData("another@example.com", false)]
    [InlineData("x.one.person@example.com", false)]
    [InlineData("anna@sub.test.example.ch", false)]
    [InlineData("anna@not-test.example.ch", false)]
    [InlineData("anna@test.example.ch.example.com", false)]
    public async Task Mail_goes_to_listed_people_only_and_to_others_never(string address, bool isSent)
    {
        await using var acs = await AcsServer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Settings["Mail:Smtp"] = "";
            options.Settings["Mail:ConnectionString"] = acs.ConnectionString;
            options.Settings["Mail:AllowedRecipients"] = "@test.example.ch, one.person@example.com";
            options.Services = services => services.RemoveAll<IMailSender>();
        });

        using var person = await Journey.RegisteredAsync(app, address);
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(isSent ? 1 : 0, acs.Requests.Count);
        Assert.DoesNotContain(await app.DumpAsync("vouchers", "due"), row => row.Contains("mail-", StringComparison.Ordinal));
    }
}
