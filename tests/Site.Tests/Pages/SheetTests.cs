using Deque.AxeCore.Commons;
using SiteTests.Browser;
using SiteTests.Server;

namespace SiteTests.Pages;

/// <summary>The voucher's sheet as a web page, in a browser and under the headers that the app sends with it.</summary>
public sealed class SheetTests(SharedServer shared, Chromium chromium)
{
    private const string RunAxe = """
        async () => {
          const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Theory]
    [InlineData("fr", 1280)]
    [InlineData("de", 320)]
    public async Task Axe_finds_nothing_on_a_voucher_and_nothing_sticks_out(string language, int width)
    {
        var (html, policy) = await shared.Server.SheetsAsync(language, count: 2);
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 800 } });
        var page = await context.NewPageAsync();
        var offences = new List<string>();
        page.Console += (_, message) => offences.Add(message.Text);
        page.Request += (_, request) => offences.AddRange(request.IsNavigationRequest ? [] : [request.Url]);
        await page.RouteAsync("**/*", route => route.FulfillAsync(new()
        {
            Body = html,
            Headers = new Dictionary<string, string> { ["Content-Type"] = "text/html; charset=utf-8", ["Content-Security-Policy"] = policy },
        }));
        await page.GotoAsync(shared.Server.Url);
        await page.EvaluateAsync(Axe);

        var found = await page.EvaluateAsync<string[]>(RunAxe);

        Assert.Empty(found);
        Assert.Empty(offences);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Equal("rgb(236, 242, 247)", await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.code')).backgroundColor"));
    }
}
