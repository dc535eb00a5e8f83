using System.Globalization;
using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P07_NinetyDaysFromTheEntryOfTheCode(AzuriteFixture azurite)
{
    private const string End = "2027-02-20T23:00:00Z";

    [Theory]
    [InlineData("2026-11-21T23:00:00Z")]
    [InlineData("2026-11-22T10:00:00Z")]
    [InlineData("2026-11-22T22:59:59Z")]
    public async Task A_code_entered_at_any_hour_of_22_November_gives_access_through_20_February(string entered)
    {
        await using var app = await StartAtAsync(entered);
        using var person = await Journey.WithVoucherAsync(app);

        var registered = await person.RegisterAsync();

        Assert.Equal(Utc(End), registered.MustBe(HttpStatusCode.Accepted).Instant("accessUntil"));
    }

    [Fact]
    public async Task The_days_count_from_the_entry_of_the_code_and_not_from_the_activation()
    {
        await using var app = await StartAtAsync("2026-11-22T22:59:59Z");
        using var person = await Journey.RegisteredAsync(app);
        app.MoveTo("2026-11-23T22:59:58Z");

        var profile = (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);

        Assert.Equal(Utc("2026-11-22T22:59:59Z"), profile.Instant("enteredAt"));
        Assert.Equal(Utc(End), profile.Instant("accessUntil"));
        Assert.Equal(89, profile.Json["daysLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task Asking_again_or_correcting_the_address_the_next_day_changes_nothing()
    {
        await using var app = await StartAtAsync("2026-11-22T22:00:00Z");
        using var person = await Journey.RegisteredAsync(app);
        app.MoveTo("2026-11-23T10:00:00Z");

        var resent = (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);
        var corrected = (await person.CorrectEmailAsync("corrected@example.ch")).MustBe(HttpStatusCode.Accepted);
        var activated = (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);

        Assert.All([resent, corrected, activated], answer => Assert.Equal(Utc(End), answer.Instant("accessUntil")));
    }

    [Fact]
    public async Task A_code_that_is_entered_anew_after_a_lapse_counts_from_then()
    {
        await using var app = await StartAtAsync("2026-11-22T10:00:00Z");
        using var person = await Journey.RegisteredAsync(app);
        app.MoveTo("2026-11-23T10:00:00Z");

        var again = await person.RegisterAsync();

        Assert.Equal(Utc("2027-02-21T23:00:00Z"), again.MustBe(HttpStatusCode.Accepted).Instant("accessUntil"));
    }

    [Fact]
    public async Task The_end_is_the_same_wherever_it_is_shown()
    {
        await using var app = await StartAtAsync("2026-11-22T10:00:00Z");
        var (id, code) = (await Journey.IssueAsync(app, 1))[0];
        using var person = new Journey(app, code, "anne@example.ch");

        var registered = await person.RegisterAsync(language: "en");
        var activated = await person.ActivateAsync();
        var profile = await person.ProfileAsync();
        var loggedIn = await person.LogInAsync();
        var status = await app.Client.GetAsync($"/api/vouchers/{id}", app.IssuerKey);
        app.MoveTo(End);
        var ended = (await person.ProfileAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");

        Assert.All([registered, activated, profile, loggedIn, status], answer => Assert.Equal(Utc(End), answer.Instant("accessUntil")));
        Assert.Equal(Utc(End), ended.Instant("expiredAt"));
        Assert.Contains("until Saturday 20 February 2027, 23:59 (Swiss time)", Assert.Single(app.Mailbox.All).Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_a_person_does_changes_the_end()
    {
        await using var app = await StartAtAsync("2026-11-22T10:00:00Z");
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-01-10T10:00:00Z");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);

        (await person.Client.SendAsync(HttpMethod.Patch, "/api/profile", new { name = "Anne Neu", language = "de" })).MustBe(HttpStatusCode.OK);
        (await person.Client.PostAsync("/api/profile/password", new { currentPassword = Journey.Password, newPassword = "another horse battery staple" }))
            .MustBe(HttpStatusCode.NoContent);

        Assert.Equal(Utc(End), (await person.ProfileAsync()).Instant("accessUntil"));
    }

    private Task<TestApp> StartAtAsync(string now) => TestApp.StartAsync(azurite, options => options.Now = Utc(now));

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
