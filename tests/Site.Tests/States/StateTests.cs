using System.Globalization;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.States;

/// <summary>What must hold on every page in every state, language and colour scheme.</summary>
public sealed class StateTests(SharedServer shared, Chromium chromium, ITestOutputHelper output)
{
    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public static TheoryData<string> States => [.. SiteState.All.Select(state => state.Name)];

    /// <summary>Each state in one of the languages: what axe looks at differs little between them.</summary>
    [Theory]
    [MemberData(nameof(States))]
    public Task Axe_finds_nothing_light_or_dark(string name) =>
        AxeFindsNothingAsync(name, [Texts.Languages[SiteState.All.Index().Single(state => state.Item.Name == name).Index % Texts.Languages.Length]]);

    [Theory]
    [MemberData(nameof(States))]
    [Trait("Run", "all")]
    public Task Axe_finds_nothing_in_any_language_light_or_dark(string name) => AxeFindsNothingAsync(name, Texts.Languages);

    [Theory]
    [MemberData(nameof(States))]
    public async Task Nothing_is_lost_at_320_pixels_and_every_target_is_large_enough(string name)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { Width = 320, Height = 640 });
        await SiteState.All.Single(state => state.Name == name).ReachAsync(tab);
        var found = new List<string>();

        foreach (var language in await LanguagesAsync(tab))
        {
            await SwitchAsync(tab, language);
            found.AddRange((await tab.Page.EvaluateAsync<string[]>(Measure)).Select(what => $"{language}: {what}"));
        }

        Assert.Empty(found);
    }

    private async Task AxeFindsNothingAsync(string name, string[] languages)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await SiteState.All.Single(state => state.Name == name).ReachAsync(tab);
        await tab.Page.EvaluateAsync(Axe);
        var checks = 0;
        var found = new List<string>();

        foreach (var language in languages)
        {
            await SwitchAsync(tab, language);
            foreach (var scheme in Schemes)
            {
                await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                found.AddRange((await tab.Page.EvaluateAsync<string[]>(RunAxe, scheme == ColorScheme.Light)).Select(violation => $"{language} {scheme}: {violation}"));
                checks++;
            }
        }

        AxeCount.Add(checks);
        output.WriteLine($"{checks} axe checks here, {AxeCount.Total} so far.");
        Assert.Empty(found);
    }

    /// <summary>Straight in the page: the package's own runner opens a tab for every run.</summary>
    private const string RunAxe = """
        async (isLight) => {
          const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
          // The dark scheme changes colours and nothing else.
          const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
          const { violations } = await axe.run(document, { runOnly: isLight ? all : colours, resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
        }
        """;

    /// <summary>What sticks out of a narrow page, and what is too small to hit (links within a sentence excepted).</summary>
    private const string Measure = """
        () => {
          const wrong = [];
          const visible = [...document.querySelectorAll('body *')].filter((element) =>
            element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip'));
          if (document.documentElement.scrollWidth > innerWidth) wrong.push(`page is ${document.documentElement.scrollWidth} wide`);
          for (const element of visible) {
            const box = element.getBoundingClientRect();
            const name = `${element.tagName} ${element.id} ${element.textContent.trim().slice(0, 40)}`;
            if (box.width && (box.right > innerWidth + 1 || box.left < -1)) wrong.push(`sticks out: ${name}`);
            if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden') wrong.push(`cut off: ${name}`);
            const inSentence = element.tagName === 'A' && getComputedStyle(element).display === 'inline';
            if (element.matches('a[href], button, input, select, summary') && !inSentence && (box.width < 24 || box.height < 24)
              && !(element.matches('[type=radio]') && element.closest('label').getBoundingClientRect().height >= 24)) {
              wrong.push(`target ${Math.round(box.width)}×${Math.round(box.height)}: ${name}`);
            }
          }
          return wrong;
        }
        """;

    /// <summary>The offline page speaks all languages at once.</summary>
    private static async Task<string[]> LanguagesAsync(Tab tab) =>
        await tab.Page.Locator("[data-lang]").CountAsync() == 0 ? ["fr"] : Texts.Languages;

    /// <summary>By the page's own switch, which must keep the state; under an open dialog by its script, as it cannot be clicked.</summary>
    private static async Task SwitchAsync(Tab tab, string language)
    {
        var link = tab.Page.Locator($"[data-lang={language}]");
        if (await link.CountAsync() == 0)
        {
            return;
        }
        await link.DispatchEventAsync("click");
        await Expect(link).ToHaveAttributeAsync("aria-current", "true");
    }

    private static class AxeCount
    {
        private static int _total;

        public static string Total => _total.ToString(CultureInfo.InvariantCulture);

        public static void Add(int checks) => Interlocked.Add(ref _total, checks);
    }
}
