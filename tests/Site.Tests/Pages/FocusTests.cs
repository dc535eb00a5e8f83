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

    [Fact]
    public async Task What_is_out_of_sight_is_brought_into_sight()
    {
        await using var tab = await OpenAsync(320, 480);
        await tab.GoAsync("/login");

        await tab.Page.Locator("#login-form button[type=submit]").ClickAsync();

        await Expect(tab.Page.Locator(".summary")).ToBeFocusedAsync();
        await Expect(tab.Page.Locator(".summary li").Last).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    /// <summary>Without motion a page is where it scrolls to at once.</summary>
    private Task<Tab> OpenAsync(int width, int height) => Tab.OpenAsync(
        chromium.Browser, shared.Server.Url, new TabOptions { Width = width, Height = height, ReducedMotion = ReducedMotion.Reduce });
}
