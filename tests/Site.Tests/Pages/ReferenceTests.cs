using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>The contract as a page, under the site's own headers. What breaks the content policy or asks another origin is an offence of the <see cref="Tab"/>.</summary>
public sealed class ReferenceTests(SharedServer shared, Chromium chromium)
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Fact]
    public async Task The_reference_shows_every_call_of_the_document()
    {
        var document = JsonNode.Parse(await shared.Server.Http.GetStringAsync("/api/openapi.json", TestContext.Current.CancellationToken))!;
        var calls = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(call => call.Value!["operationId"]!.GetValue<string>());
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { Language = "en" });

        await tab.Page.GotoAsync("/reference/");

        await Expect(tab.Heading).ToContainTextAsync("API reference");
        var shown = await tab.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('h3[id]')].map((heading) => heading.id)");
        Assert.Subset(shown.ToHashSet(), calls.ToHashSet());
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "POST /api/vouchers", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("#IssueVouchers")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_the_reference_and_nothing_sticks_out(int width, ColorScheme scheme)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { Language = "en", Width = width, ColorScheme = scheme });
        await tab.Page.GotoAsync("/reference/");
        await tab.Page.EvaluateAsync(Axe);

        var found = await tab.Page.EvaluateAsync<string[]>(RunAxe);

        Assert.Empty(found);
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private const string RunAxe = """
        async () => {
          const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
        }
        """;
}
