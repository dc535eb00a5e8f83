using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Refusals;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>On a slow line a page is there before its script: what somebody fills in and presses then counts.</summary>
public sealed class EarlyPressTests(SharedServer shared, Chromium chromium) : IAsyncLifetime
{
    private readonly TaskCompletionSource _arrives = new();
    private Tab _tab = null!;

    public async ValueTask InitializeAsync() => _tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);

    [Theory]
    [InlineData("pointer")]
    [InlineData("Enter")]
    [InlineData("password manager")]
    [InlineData("twice")]
    public async Task A_form_sent_early_is_sent_once(string by)
    {
        var code = (await shared.Server.IssueAsync()).Code;
        var checks = 0;
        _tab.Page.Request += (_, request) => checks += request.Url.EndsWith("/api/vouchers/check", StringComparison.Ordinal) ? 1 : 0;
        await OpenEarlyAsync("/", "home");

        await _tab.Field("code.label").FillAsync(code);
        await (by switch
        {
            "pointer" => _tab.Button("home.continue").ClickAsync(),
            "twice" => _tab.Button("home.continue").DblClickAsync(),
            "Enter" => _tab.Field("code.label").PressAsync("Enter"),
            _ => _tab.Page.Locator("#code-form").EvaluateAsync("form => form.requestSubmit()"),
        });
        await Expect(_tab.Button("home.continue")).ToHaveAttributeAsync("aria-busy", "true");
        _arrives.SetResult();

        await _tab.SeesHeadingAsync("details.heading");
        Assert.Equal(1, checks);
    }

    [Fact]
    public async Task A_button_pressed_early_does_its_work()
    {
        await OpenEarlyAsync("/login", "login");

        await _tab.Button("password.show").ClickAsync();
        _arrives.SetResult();

        await Expect(_tab.Page.Locator("#password")).ToHaveAttributeAsync("type", "text");
        await Expect(_tab.Page.Locator("[aria-busy]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Of_two_early_presses_the_last_one_counts()
    {
        await OpenEarlyAsync("/login", "login");

        await _tab.Button("login.submit").ClickAsync();
        await _tab.Button("password.show").ClickAsync();
        _arrives.SetResult();

        await Expect(_tab.Page.Locator("#password")).ToHaveAttributeAsync("type", "text");
        await Expect(_tab.Page.Locator(".summary")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_language_chosen_early_is_kept()
    {
        await _tab.CheckCodeAsync((await shared.Server.IssueAsync()).Code);
        await _tab.SeesHeadingAsync("details.heading");
        await OpenEarlyAsync("/details", "details");

        await _tab.Page.Locator("input[name=language][value=it]").CheckAsync();
        _arrives.SetResult();

        await _tab.ReadyAsync();
        await Expect(_tab.Page.Locator("input[name=language][value=it]")).ToBeCheckedAsync();
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();

    /// <summary>Opens a page whose module comes only when the test lets it.</summary>
    private async Task OpenEarlyAsync(string path, string module)
    {
        await _tab.Page.RouteAsync($"**/js/pages/{module}.js", async route =>
        {
            await _arrives.Task;
            await route.ContinueAsync();
        });
        await _tab.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
    }
}
