using Microsoft.Playwright;

namespace SiteTests.Browser;

/// <summary>One Chromium for all tests; each test has a context, so cookies and storage, of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float PatienceOnABusyMachine = 20_000;
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceOnABusyMachine);
        _playwright = await Playwright.CreateAsync();
        Browser = await LaunchAsync([]);
    }

    /// <summary>A browser that sees a film when a page asks for the camera.</summary>
    public Task<IBrowser> LaunchWithCameraAsync(string film) => LaunchAsync(
        ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", $"--use-file-for-fake-video-capture={film}"]);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    private Task<IBrowser> LaunchAsync(string[] more) => _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
        Args = [.. Arguments, .. more],
    });
}
