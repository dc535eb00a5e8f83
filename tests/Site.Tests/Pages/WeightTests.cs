using System.IO.Compression;
using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

public sealed class WeightTests(SharedServer shared, Chromium chromium, ITestOutputHelper output)
{
    private const int HomeLimit = 60_000;

    [Theory]
    [InlineData("/", HomeLimit)]
    [InlineData("/login", HomeLimit)]
    [InlineData("/activate", HomeLimit)]
    public async Task A_page_is_light(string path, int limit)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        var answers = new List<IResponse>();
        tab.Page.Response += (_, response) => answers.Add(response);

        await tab.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        var total = 0L;
        foreach (var answer in answers)
        {
            total += await SizeAsync(answer);
        }
        output.WriteLine($"{path}: {answers.Count} requests, {total / 1000.0:F1} kB compressed");
        Assert.InRange(total, 1, limit);
    }

    [Theory]
    [InlineData("/", "fr")]
    [InlineData("/", "de")]
    [InlineData("/login", "fr")]
    [InlineData("/faq", "en")]
    public async Task Nothing_moves_while_a_page_builds_up(string path, string language)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { Language = language, Width = 390, Height = 844 });
        await tab.Context.AddInitScriptAsync("""
            globalThis.shift = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.shift += entry.value; }))
              .observe({ type: 'layout-shift', buffered: true });
            """);

        await tab.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await tab.ReadyAsync();

        Assert.Equal(0, await tab.Page.EvaluateAsync<double>("shift"), tolerance: 0.001);
    }

    [Fact]
    public async Task A_page_makes_sense_before_its_script_runs()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await tab.Page.RouteAsync("**/*.js", route => route.AbortAsync());

        await tab.Page.GotoAsync("/");

        await tab.SeesHeadingAsync("home.heading");
        await Expect(tab.Field("code.label")).ToBeVisibleAsync();
    }

    /// <summary>What crosses the wire from a host that compresses, as the deployment does, whether this one does or not.</summary>
    private static async Task<long> SizeAsync(IResponse answer)
    {
        var headers = (await answer.HeadersArrayAsync()).Sum(header => header.Name.Length + header.Value.Length + 4);
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(await answer.BodyAsync());
        }
        return headers + compressed.Length;
    }
}
