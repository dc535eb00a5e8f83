using SiteTests.Browser;
using SiteTests.Refusals;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>What a signed-in person can do on "My account".</summary>
public sealed class AccountTests(SharedServer shared, Chromium chromium) : IAsyncLifetime
{
    private const string Password = "Lampe Kamin Wolke 27";
    private readonly SiteServer _server = shared.Server;
    private readonly string _email = $"{Guid.NewGuid():N}@example.ch";
    private Tab _tab = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.ActivateAsync(_email, Password);
        _tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await OpenAccountAsync(_tab, Password);
    }

    [Fact]
    public async Task The_last_day_and_the_day_of_deletion_are_shown_in_swiss_time()
    {
        var profile = (await _tab.Page.EvaluateAsync("fetch('/api/profile').then(answer => answer.json())"))!.Value;
        var french = System.Globalization.CultureInfo.InvariantCulture;
        var lastDay = TimeZoneInfo.ConvertTime(profile.GetProperty("accessUntil").GetDateTimeOffset().AddMilliseconds(-1), TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"));

        await Expect(_tab.Page.Locator(".days-last")).ToContainTextAsync(lastDay.ToString(" d ", french).Trim());
        await Expect(_tab.Page.Locator(".days-last")).ToContainTextAsync(lastDay.ToString("yyyy", french));
        await _tab.SeesAsync("Toutes vos données sont effacées au plus tard le");
    }

    [Fact]
    public async Task Name_and_language_are_saved_and_the_page_speaks_the_new_language()
    {
        await _tab.Field("field.name.label").FillAsync("Zoé Keller");
        await _tab.Page.Locator("#language").SelectOptionAsync("de");
        await _tab.Button("account.save").ClickAsync();

        await _tab.SeesAsync(Texts.In("de")["account.saved"]);
        await _tab.Page.ReloadAsync();
        await Expect(_tab.Heading).ToHaveTextAsync(Texts.In("de")["account.heading"]);
        await Expect(_tab.Page.Locator("#name")).ToHaveValueAsync("Zoé Keller");
    }

    [Fact]
    public async Task A_new_password_counts_at_once_and_a_wrong_old_one_is_told_at_its_field()
    {
        await ChangePasswordAsync("not this one", "Birke+Tasse+Nebel+48");
        await _tab.SeesFieldErrorAsync("current-password", "credentials-wrong", "Ce mot de passe n'est pas juste.");

        await ChangePasswordAsync(Password, "Birke+Tasse+Nebel+48");

        await _tab.SeesAsync("Mot de passe changé.");
        await using var other = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await OpenAccountAsync(other, "Birke+Tasse+Nebel+48");
    }

    [Fact]
    public async Task A_session_elsewhere_can_be_ended()
    {
        await using var other = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await OpenAccountAsync(other, Password);
        await _tab.Page.ReloadAsync();
        await _tab.SeesHeadingAsync("account.heading");
        var elsewhere = _tab.Page.Locator("#sessions button");
        var before = await elsewhere.CountAsync();

        await elsewhere.First.ClickAsync();

        await Expect(elsewhere).ToHaveCountAsync(before - 1);
        await elsewhere.First.ClickAsync();
        await Expect(elsewhere).ToHaveCountAsync(before - 2);
        await other.Page.ReloadAsync();
        await other.SeesHeadingAsync("login.heading");
    }

    [Fact]
    public async Task The_account_can_be_deleted_after_saying_what_is_lost()
    {
        await _tab.Button("account.erase").ClickAsync();
        await _tab.SeesAsync(_tab.Texts["account.eraseLost.3"]);
        await _tab.Page.Locator("#erase-password").FillAsync(Password);
        await _tab.Button("account.eraseYes").ClickAsync();

        await _tab.SeesAsync(_tab.Texts["account.erased"]);
        await _tab.LogInAsync(_email, Password);
        await _tab.SeesRefusalAsync("credentials-wrong", "L'adresse ou le mot de passe n'est pas juste");
    }

    [Fact]
    public async Task A_password_can_be_looked_at()
    {
        var field = _tab.Page.Locator("#new-password");
        await field.FillAsync("Lampe");

        await _tab.Page.Locator("[aria-controls=new-password]").ClickAsync();

        await Expect(field).ToHaveAttributeAsync("type", "text");
        await Expect(_tab.Page.Locator("#new-password-strength")).ToContainTextAsync("Encore 7\u00A0caractères");
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();

    private async Task OpenAccountAsync(Tab tab, string password)
    {
        await tab.LogInAsync(_email, password);
        await tab.ArriveAtAsync("/training");
        await tab.Link("nav.account").First.ClickAsync();
        await tab.SeesHeadingAsync("account.heading");
    }

    private async Task ChangePasswordAsync(string current, string next)
    {
        await _tab.Page.Locator("#current-password").FillAsync(current);
        await _tab.Page.Locator("#new-password").FillAsync(next);
        await _tab.Button("account.changePassword").ClickAsync();
    }
}
