using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using SiteTests.States;

namespace SiteTests.Pictures;

/// <summary>The pictures in docs/screenshots: each state on a phone and on a desk, light and dark. With SCREENSHOTS set they are taken anew.</summary>
public sealed class Screenshots(SharedServer shared, Chromium chromium)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "screenshots");
    private static readonly string[] Shown =
    [
        "home", "home-typing-error", "details-slip", "check-mail", "activate", "activate-expired", "login", "login-too-many", "login-expired",
        "forgot-sent", "reset", "training", "documents", "account", "account-erasing", "faq", "privacy", "accessibility", "imprint", "not-found", "offline",
    ];

    [Theory]
    [InlineData("phone", 390, 844, ColorScheme.Light)]
    [InlineData("phone", 390, 844, ColorScheme.Dark)]
    [InlineData("desktop", 1280, 860, ColorScheme.Light)]
    [InlineData("desktop", 1280, 860, ColorScheme.Dark)]
    public async Task Every_state_has_its_picture(string device, int width, int height, ColorScheme scheme)
    {
        foreach (var (state, number) in Shown.Select((name, index) => (SiteState.All.Single(state => state.Name == name), index)))
        {
            var file = Path.Combine(Folder, $"{state.Name}-{device}-{scheme}.png".ToLowerInvariant());
            if (Environment.GetEnvironmentVariable("SCREENSHOTS") is null)
            {
                Assert.True(File.Exists(file), $"{file} is missing: run tests/Site.Tests/screenshots.sh");
                continue;
            }
            await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions
            {
                Language = Texts.Languages[number % Texts.Languages.Length],
                Width = width,
                Height = height,
                ColorScheme = scheme,
            });
            await state.ReachAsync(tab);
            await tab.Page.EvaluateAsync("document.activeElement.blur(); scrollTo(0, 0)");
            await tab.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = file,
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }
}
