using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The Functions host joins headers of one name; two cookies in one header would be one broken cookie.</summary>
public sealed class CookieTests(AzuriteFixture azurite, PublishedFixture published)
{
    private const string Password = "correct horse battery staple";

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task Both_cookies_of_a_log_in_reach_the_browser_and_come_back(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        var email = $"anna-{Guid.NewGuid():N}@example.ch";
        var code = await app.NewCodeAsync();
        using var browser = app.NewClient();
        await WholeJourney.ExpectAsync(app, HttpStatusCode.Accepted, browser.PostAsync("/api/registrations", new { code, name = "Anna Müller", email, language = "de" }));
        var activated = await WholeJourney.ExpectAsync(app, HttpStatusCode.OK, browser.PostAsync("/api/activations", new { token = await app.TokenAsync(email), password = Password }));

        var loggedIn = await WholeJourney.ExpectAsync(app, HttpStatusCode.OK, browser.PostAsync("/api/sessions", new { email, password = Password }));

        Assert.Equal(2, loggedIn.Headers.GetValues("Set-Cookie").Count());
        Assert.Matches("^(__Host-)?session=[A-Za-z0-9_-]{70}; path=/; (secure; )?samesite=strict; httponly$", loggedIn.SessionCookie);
        Assert.Matches("^(__Host-)?device=[A-Za-z0-9_-]{43}; max-age=7862400; path=/; (secure; )?samesite=strict; httponly$", loggedIn.DeviceCookie);
        // The same one as after the activation: it came back.
        Assert.Equal(activated.DeviceCookie, loggedIn.DeviceCookie);
        await WholeJourney.ExpectAsync(app, HttpStatusCode.OK, browser.GetAsync("/api/profile", bearer: null));
    }
}
