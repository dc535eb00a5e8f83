using System.Globalization;
using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

/// <summary>A voucher is no way to have mail sent to strangers: three addresses in 24 hours, whatever is cancelled in between.</summary>
public sealed class MailedAddressTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Of_ten_strangers_at_most_three_get_a_mail_from_one_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);

        for (var stranger = 0; stranger < 10; stranger++)
        {
            person.Email = string.Create(CultureInfo.InvariantCulture, $"stranger{stranger}@example.ch");
            await person.RegisterAsync();
            await person.CancelAsync();
            await app.SettleAsync();
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        // A mail that the cancelling overtook was dropped, so fewer are right as well.
        Assert.InRange(app.Mailbox.All.Select(mail => mail.To).Distinct().Count(), 0, 3);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await person.RegisterAsync()).Status);
    }

    [Theory]
    [InlineData("register 1, register 2, register 3", null)]
    [InlineData("register 1, register 2, register 3, register 4", 86400 - (3 * 1500))]
    [InlineData("register 1, register 2, register 3, register 1", null)]
    [InlineData("register 1, register 1, register 1, register 1", null)]
    [InlineData("register 1, correct 2, correct 3", null)]
    [InlineData("register 1, correct 2, correct 3, correct 4", 86400 - (3 * 1500))]
    [InlineData("register 1, correct 2, register 3, register 4", 86400 - (3 * 1500))]
    [InlineData("register 1, correct 2, correct 3, correct 1", null)]
    [InlineData("register 1, register 2, register 3, wait 22, register 4", 86400 - (22 * 3600) - (3 * 1500))]
    [InlineData("register 1, register 2, register 3, wait 24, register 4", null)]
    [InlineData("register 1, register 2, register 3, wait 24, register 4, register 5, register 6, register 7", 86400 - (3 * 1500))]
    public async Task A_fourth_address_waits_until_the_first_is_a_day_old(string steps, int? waitSeconds)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        Answer? last = null;

        foreach (var step in steps.Split(", ").Select(step => step.Split(' ')))
        {
            if (step[0] == "wait")
            {
                app.Clock.Advance(TimeSpan.FromHours(int.Parse(step[1], CultureInfo.InvariantCulture)));
                continue;
            }
            last = await AskAsync(person, step[0], $"person{step[1]}@example.ch");
            app.Clock.Advance(TimeSpan.FromMinutes(25));
        }

        if (waitSeconds is null)
        {
            last!.MustBe(HttpStatusCode.Accepted);
        }
        else
        {
            Assert.Equal(waitSeconds, last!.MustBe(HttpStatusCode.TooManyRequests, "too-soon").RetryAfter);
        }
    }

    [Fact]
    public async Task Another_voucher_has_a_count_of_its_own()
    {
        await using var app = await TestApp.StartAsync(azurite);
        for (var voucher = 0; voucher < 5; voucher++)
        {
            using var person = await Journey.WithVoucherAsync(app, "person@example.ch");

            (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        }
    }

    private static async Task<Answer> AskAsync(Journey person, string step, string address)
    {
        if (step == "correct")
        {
            return await person.CorrectEmailAsync(address);
        }
        if (person.Handle.Length > 0)
        {
            await person.CancelAsync();
        }
        person.Email = address;
        return await person.RegisterAsync();
    }
}
