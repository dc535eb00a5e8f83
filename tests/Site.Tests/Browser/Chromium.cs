using Microsoft.Playwright;

namespace SiteTests.Browser;

/// <summary>
/// One Chromium for all tests; each test has a context, so cookies and storage, of its own. It is the shell without windows where there is one: the same engine
/// in half the time. What needs a camera, so every walk from a voucher to the end, goes through the browser that people have.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float PatienceOnABusyMachine = 20_000;
    private const string Shell = "/usr/bin/chromium-headless-shell";
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("CHROMIUM");
    private static readonly string Full = Chosen ?? "/usr/bin/chromium";
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceOnABusyMachine);
        _playwright = await Playwright.CreateAsync();
        Browser = await LaunchAsync(Chosen is null && File.Exists(Shell) ? Shell : Full, []);
    }

    /// <summary>A browser that sees a film when a page asks for the camera.</summary>
    public Task<IBrowser> LaunchWithCameraAsync(string film) => LaunchAsync(
        Full, ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", $"--use-file-for-fake-video-capture={film}"]);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    private Task<IBrowser> LaunchAsync(string executable, string[] more) => _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = executable,
        Args = [.. Arguments, .. more],
    });
}
