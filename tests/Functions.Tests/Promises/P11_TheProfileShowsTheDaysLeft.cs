using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P11_TheProfileShowsTheDaysLeft(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_day_one_less_from_90_on_the_day_of_entry_to_0_on_the_last()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var shown = new List<int> { await DaysLeftAsync(person) };

        for (var day = 1; day <= 90; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
            shown.Add(await DaysLeftAsync(person));
        }

        Assert.Equal(Enumerable.Range(0, 91).Reverse(), shown);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await person.LogInAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
    }

    [Theory]
    [InlineData("2026-11-22T22:59:59Z", 90)]
    [InlineData("2026-11-22T23:00:00Z", 89)]
    [InlineData("2027-02-19T22:59:59Z", 1)]
    [InlineData("2027-02-19T23:00:00Z", 0)]
    [InlineData("2027-02-20T22:59:59Z", 0)]
    public async Task The_day_changes_at_midnight_in_Zurich(string now, int daysLeft)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(now);

        var loggedIn = (await person.LogInAsync()).MustBe(HttpStatusCode.OK);

        Assert.Equal(daysLeft, loggedIn.Json["daysLeft"]!.GetValue<int>());
        Assert.Equal(daysLeft, await DaysLeftAsync(person));
    }

    [Theory]
    [InlineData("2027-03-28T21:59:59Z", 18)]
    [InlineData("2027-03-28T22:00:00Z", 17)]
    public async Task A_day_of_23_hours_is_a_day(string now, int daysLeft)
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Now = new DateTimeOffset(2027, 1, 15, 11, 0, 0, TimeSpan.Zero));
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(now);

        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);

        Assert.Equal(daysLeft, await DaysLeftAsync(person));
    }

    private static async Task<int> DaysLeftAsync(Journey person) =>
        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK).Json["daysLeft"]!.GetValue<int>();
}
