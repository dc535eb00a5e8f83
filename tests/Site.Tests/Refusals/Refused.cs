using SiteTests.Browser;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Refusals;

/// <summary>How a page shows a refusal: in words, where the reader is taken to, and never as a code.</summary>
public static class Refused
{
    public static async Task SeesRefusalAsync(this Tab tab, string code, string text)
    {
        var box = tab.Page.Locator(".problem:visible");
        await Expect(box).ToContainTextAsync(text.Replace("'", "’", StringComparison.Ordinal).Replace(" :", "\u00A0:", StringComparison.Ordinal));
        await Expect(box).Not.ToContainTextAsync(code);
        await Expect(box.Locator("h1, h2")).ToBeFocusedAsync();
    }

    public static async Task SeesFieldErrorAsync(this Tab tab, string field, string code, string text)
    {
        await Expect(tab.Page.Locator($"#{field}-error")).ToHaveTextAsync(text.Replace("'", "’", StringComparison.Ordinal).Replace(" :", "\u00A0:", StringComparison.Ordinal));
        await Expect(tab.Page.Locator($"#{field}")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(tab.Page.Locator(".summary")).ToBeFocusedAsync();
        await Expect(tab.Page.Locator(".summary")).Not.ToContainTextAsync(code);
    }

    public static async Task CheckCodeAsync(this Tab tab, string code)
    {
        await tab.GoAsync("/");
        await tab.Field("code.label").FillAsync(code);
        await tab.Button("home.continue").ClickAsync();
    }

    public static async Task LogInAsync(this Tab tab, string email, string password)
    {
        await tab.GoAsync("/login");
        await tab.Field("field.loginEmail.label").FillAsync(email);
        await tab.Field("field.password.label").FillAsync(password);
        await tab.Page.Locator("#login-form button[type=submit]").ClickAsync();
    }

    public static async Task ChoosePasswordAsync(this Tab tab, string link, string password)
    {
        await tab.GoAsync(link);
        await tab.Field("field.newPassword.label").FillAsync(password);
        await tab.Page.Locator("#password-form button[type=submit]").ClickAsync();
    }
}
