using System.Net;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Refusals;

/// <summary>Refusals that time brings about, at the second they begin.</summary>
[Collection(nameof(MovedClock))]
public sealed class ExpiryTests(MovedClockServer clock, Chromium chromium) : IAsyncLifetime
{
    private const string Password = "Lampe Kamin Wolke 27";
    private readonly SiteServer _server = clock.Server;
    private readonly string _email = $"{Guid.NewGuid():N}@example.ch";
    private Tab _tab = null!;

    public async ValueTask InitializeAsync() => _tab = await Tab.OpenAsync(chromium.Browser, clock.Server.Url);

    [Fact]
    public async Task Voucher_expired()
    {
        var voucher = await _server.IssueAsync(redeemableUntil: (await _server.NowAsync()).AddDays(2));
        await _server.AdvanceAsync(TimeSpan.FromDays(3));

        await _tab.CheckCodeAsync(voucher.Code);

        await _tab.SeesRefusalAsync("voucher-expired", "Il était valable jusqu'au");
    }

    [Fact]
    public async Task Activation_expired_leads_to_a_new_registration()
    {
        var registered = await _server.RegisterAsync(await _server.IssueAsync(), _email);
        var link = await _server.LinkAsync(_email);
        await _server.SetClockAsync(registered.GetProperty("activateBefore").GetDateTimeOffset());

        await _tab.Page.GotoAsync(link);

        await _tab.SeesRefusalAsync("activation-expired", "votre bon est de nouveau utilisable");
        await Expect(_tab.Page.Locator(".problem .when")).ToContainTextAsync("Il était valable jusqu’au");
        await _tab.Link("action.registerAgain").ClickAsync();
        await _tab.SeesHeadingAsync("home.heading");
    }

    [Fact]
    public async Task Reset_expired_leads_to_a_new_link()
    {
        await _server.ActivateAsync(_email, Password);
        await _server.PostAsync("/api/password-resets", new { email = _email }, HttpStatusCode.Accepted);
        var link = await _server.LinkAsync(_email, 2);
        await _server.AdvanceAsync(TimeSpan.FromMinutes(60));

        await _tab.Page.GotoAsync(link);

        await _tab.SeesRefusalAsync("reset-expired", "60 minutes".Replace(' ', '\u00A0'));
        await _tab.Link("action.newLink").ClickAsync();
        await _tab.SeesHeadingAsync("forgot.heading");
    }

    [Fact]
    public async Task Account_expired_says_which_day_was_the_last_and_when_the_data_goes()
    {
        var profile = await _server.ActivateAsync(_email, Password);
        await _server.SetClockAsync(profile.GetProperty("accessUntil").GetDateTimeOffset());

        await _tab.LogInAsync(_email, Password);

        await _tab.SeesRefusalAsync("account-expired", "Votre accès a expiré");
        await Expect(_tab.Page.Locator(".problem")).ToContainTextAsync("Le dernier jour était le");
        await Expect(_tab.Page.Locator(".problem")).ToContainTextAsync("Vos données sont effacées au plus tard le");
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();
}
