using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>The end of the 90 days is kept to the second, and no timer runs in these tests.</summary>
public sealed class LastDayTests(AzuriteFixture azurite)
{
    /// <summary>Entered at; the last second with access.</summary>
    public static TheoryData<string, string> Ends => new()
    {
        { "2026-11-22T10:00:00Z", "2027-02-20T22:59:59Z" },
        { "2026-12-28T10:00:00Z", "2027-03-28T21:59:59Z" },
        { "2027-08-02T10:00:00Z", "2027-10-31T22:59:59Z" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Logging_in_works_at_23_59_59_of_the_last_day_and_fails_a_second_later(string entered, string lastSecond)
    {
        await using var app = await StartAtAsync(entered);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(lastSecond);

        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await person.LogInAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_open_session_works_at_23_59_59_of_the_last_day_and_fails_a_second_later(string entered, string lastSecond)
    {
        await using var app = await StartAtAsync(entered);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo(lastSecond);
        using var early = new Journey(app, person.Code, person.Email);
        (await early.LogInAsync()).MustBe(HttpStatusCode.OK);

        (await early.ProfileAsync()).MustBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await early.ProfileAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");
    }

    [Fact]
    public async Task A_session_of_the_last_half_hour_lives_to_the_last_second_and_not_to_its_own_end()
    {
        await using var app = await StartAtAsync("2026-11-22T10:00:00Z");
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T22:30:00Z");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);

        var listed = await person.Client.GetAsync("/api/sessions", bearer: null);
        app.MoveTo("2027-02-20T22:59:59Z");
        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo("2027-02-20T23:00:00Z");
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Forbidden, "account-expired");

        Assert.Equal("2027-02-20T23:00:00Z", listed.Json["sessions"]![0]!["expiresAt"]!.GetValue<string>());
    }

    private Task<TestApp> StartAtAsync(string now) =>
        TestApp.StartAsync(azurite, options => options.Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
}
