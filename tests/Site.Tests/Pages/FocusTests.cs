using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using SiteTests.States;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>Where a page takes its reader, and that it does not move without need: a press on what moves away is lost.</summary>
public sealed class FocusTests(SharedServer shared, Chromium chromium)
{
    [Fact]
    public async Task A_page_that_shows_its_heading_stays_where_it_is()
    {
        await using var tab = await OpenAsync(1280, 800);
        await Stub.SignedInAsync(tab);
        await tab.GoAsync("/training");

        await tab.Page.Locator(".reminder .button").ClickAsync();

        await tab.SeesHeadingAsync("documents.heading");
        await Expect(tab.Heading).ToBeFocusedAsync();
        Assert.Equal(0, await tab.Page.EvaluateAsync<double>("scrollY"));
    }

    /// <summary>The list of what is wrong appears at the top of the form: above what is seen, or low on the page.</summary>
    [Theory]
    [InlineData("document.body.scrollHeight")]
    [InlineData("0")]
    public async Task What_is_out_of_sight_is_brought_into_sight(string scroll)
    {
        await using var tab = await OpenAsync(320, 480);
        await tab.GoAsync("/login");

        await tab.Page.EvaluateAsync($"scrollTo(0, {scroll}); document.querySelector('#login-form').requestSubmit()");
        await tab.Page.EvaluateAsync("new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))");

        await Expect(tab.Page.Locator(".summary")).ToBeFocusedAsync();
        Assert.InRange(await TopAsync(tab), 0, 100);
    }

    [Fact]
    public async Task Who_has_zoomed_in_elsewhere_is_taken_along()
    {
        await using var tab = await OpenAsync(390, 844);
        await tab.GoAsync("/login");
        var devTools = await tab.Context.NewCDPSessionAsync(tab.Page);
        await devTools.SendAsync("Emulation.setPageScaleFactor", new() { ["pageScaleFactor"] = 3 });
        await tab.Page.Locator("#login-form button[type=submit]").EvaluateAsync("button => button.scrollIntoView({ block: 'end' })");
        Assert.True(await tab.Page.EvaluateAsync<double>("visualViewport.offsetTop") > 100);

        await tab.Page.EvaluateAsync("document.querySelector('#login-form').requestSubmit()");

        await Expect(tab.Page.Locator(".summary")).ToBeFocusedAsync();
        Assert.InRange(await TopAsync(tab) - await tab.Page.EvaluateAsync<double>("visualViewport.offsetTop"), 0, 140);
    }

    private static Task<double> TopAsync(Tab tab) => tab.Page.Locator(".summary").EvaluateAsync<double>("summary => summary.getBoundingClientRect().top");

    /// <summary>Without motion a page is where it scrolls to at once.</summary>
    private Task<Tab> OpenAsync(int width, int height) => Tab.OpenAsync(
        chromium.Browser, shared.Server.Url, new TabOptions { Width = width, Height = height, ReducedMotion = ReducedMotion.Reduce });
}
