using Microsoft.Playwright;

namespace SiteTests.Browser;

public sealed record TabOptions
{
    public string Language { get; init; } = "fr";

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public ColorScheme ColorScheme { get; init; } = ColorScheme.Light;

    public ReducedMotion ReducedMotion { get; init; } = ReducedMotion.NoPreference;

    public bool WithServiceWorker { get; init; }
}

/// <summary>A tab that notes what a good site never does: break the content policy, ask another origin, throw.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly List<string> _offences = [];
    private readonly List<string> _calls = [];

    private Tab(IBrowserContext context, IPage page, string url, Texts texts)
    {
        Context = context;
        Page = page;
        Url = url;
        Texts = texts;
        context.Request += (_, request) => Note(!request.Url.StartsWith(url + "/", StringComparison.Ordinal)
            && !request.Url.StartsWith("blob:" + url, StringComparison.Ordinal), $"asked {request.Url}");
        context.Console += (_, message) => Note(message.Text.Contains("Content Security Policy", StringComparison.Ordinal), message.Text);
        context.WebError += (_, error) => Note(true, error.Error);
        context.Response += (_, response) => Call(response.Request, $"{response.Status}");
        context.RequestFailed += (_, request) => Call(request, request.Failure ?? "failed");
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public string Url { get; }

    public Texts Texts { get; }

    public IReadOnlyList<string> Offences => _offences;

    public ILocator Heading => Page.Locator("h1:visible");

    public static async Task<Tab> OpenAsync(IBrowser browser, string url, TabOptions? options = null)
    {
        options ??= new TabOptions();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url,
            Locale = options.Language == "en" ? "en-GB" : $"{options.Language}-CH",
            // Nothing may depend on where the reader is.
            TimezoneId = "America/New_York",
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            ColorScheme = options.ColorScheme,
            ReducedMotion = options.ReducedMotion,
            Permissions = ["camera"],
            ServiceWorkers = options.WithServiceWorker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout(20_000);
        return new Tab(context, await context.NewPageAsync(), url, Texts.In(options.Language));
    }

    /// <summary>Opens a page and waits until its module has taken over.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await ReadyAsync();
    }

    public Task ReadyAsync() => Assertions.Expect(Page.Locator("html:is(.pending, .unready)")).ToHaveCountAsync(0);

    /// <summary>
    /// Waits for the page that a step leads on to. The library's own wait for an address first looks at it and then begins to listen: a page that comes in between
    /// is never noticed.
    /// </summary>
    public Task ArriveAtAsync(string path) => Assertions.Expect(Page).ToHaveURLAsync(path);

    public ILocator Button(string key) =>
        Page.GetByRole(AriaRole.Button, new() { Name = Texts[key], Exact = true });

    public ILocator Link(string key) =>
        Page.GetByRole(AriaRole.Link, new() { Name = Texts[key], Exact = true });

    public ILocator Field(string key) => Page.GetByLabel(Texts[key], new() { Exact = true });

    public Task SeesAsync(string text) => Assertions.Expect(Page.GetByText(text).Locator("visible=true").First).ToBeVisibleAsync();

    /// <summary>Waits for the page with this heading, and until its module has taken over.</summary>
    public async Task SeesHeadingAsync(string key)
    {
        await Assertions.Expect(Heading).ToHaveTextAsync(Texts[key]);
        await ReadyAsync();
    }

    /// <summary>The element that has the keyboard's attention.</summary>
    public ILocator Focused => Page.Locator(":focus");

    /// <summary>Says what the page had asked the service, which is shown with a failure.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_calls)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{Page.Url}\n{string.Join('\n', _calls)}");
        }
        await Context.DisposeAsync();
        Assert.Empty(_offences);
    }

    private void Call(IRequest request, string answer)
    {
        if (request.Url.Contains("/api/", StringComparison.Ordinal) || request.IsNavigationRequest)
        {
            lock (_calls)
            {
                _calls.Add($"{DateTime.UtcNow:HH:mm:ss.fff} {request.Method} {request.Url} {answer}");
            }
        }
    }

    private void Note(bool isOffence, string what)
    {
        if (isOffence)
        {
            lock (_offences)
            {
                _offences.Add(what);
            }
        }
    }
}
