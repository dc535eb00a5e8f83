using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

public sealed class LanguageTests(SharedServer shared, Chromium chromium)
{
    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("de", "de-CH")]
    [InlineData("it", "it")]
    [InlineData("en", "en")]
    public async Task The_browser_s_language_is_spoken(string language, string tag)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { Language = language });

        await tab.GoAsync("/");

        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", tag);
        await tab.SeesHeadingAsync("home.heading");
        await Expect(tab.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex($"^{tab.Texts["nav.register"]} – "));
    }

    [Fact]
    public async Task A_link_s_language_wins_and_is_remembered()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);

        await tab.GoAsync("/?lang=it");
        await tab.GoAsync("/login");

        await Expect(tab.Heading).ToHaveTextAsync(Texts.In("it")["login.heading"]);
        Assert.Equal($"{shared.Server.Url}/login", tab.Page.Url);
    }

    [Fact]
    public async Task Switching_keeps_what_was_typed_and_the_errors_shown()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await tab.GoAsync("/login");
        await tab.Field("field.loginEmail.label").FillAsync("amelie");
        await tab.Page.Locator("#login-form button[type=submit]").ClickAsync();

        await tab.Page.Locator("[data-lang=de]").ClickAsync();

        await Expect(tab.Page.Locator("#email-error")).ToHaveTextAsync(Texts.In("de")["field.email.invalid"]);
        await Expect(tab.Page.Locator("#email")).ToHaveValueAsync("amelie");
        await Expect(tab.Page.Locator(".summary")).ToContainTextAsync(Texts.In("de")["password.missing"]);
    }
}
