using System.Text.RegularExpressions;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Walks;

/// <summary>Mail programs, gateways and people change links. The page mends what can be mended, before anything else sees the token.</summary>
public sealed class DamagedLinkTests(SharedServer shared, Chromium chromium, OpenLinks links) : IClassFixture<OpenLinks>
{
    private readonly SiteServer _server = shared.Server;

    public static TheoryData<string, string> Links => Corpus.Read("links.tsv");

    [Theory]
    [MemberData(nameof(Links))]
    public async Task A_damaged_link_leads_to_the_account_and_leaves_the_address_bar_and_the_history(string damaged, string page)
    {
        var token = damaged.StartsWith("/reset", StringComparison.Ordinal) ? links.Reset : links.Activation;
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync("/faq");

        await tab.Page.GotoAsync(damaged.Replace("{a}", token[..40], StringComparison.Ordinal).Replace("{b}", token[40..], StringComparison.Ordinal));

        if (page == "incomplete")
        {
            await tab.SeesAsync(tab.Texts["problem.link-incomplete.title"]);
            Assert.DoesNotContain("token", tab.Page.Url, StringComparison.Ordinal);
            return;
        }
        await tab.ArriveAtAsync($"{_server.Url}{page}");
        await tab.SeesHeadingAsync($"{page[1..]}.heading");
        await tab.SeesAsync(OpenLinks.Masked);
        Assert.Equal(token, await tab.Page.EvaluateAsync<string>($"sessionStorage.getItem('token@{page}')"));
        await tab.Page.GoBackAsync();
        Assert.Equal($"{_server.Url}/faq", tab.Page.Url);
        await tab.Page.GoForwardAsync();
        Assert.Equal($"{_server.Url}{page}", tab.Page.Url);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("it")]
    [InlineData("en")]
    public async Task Before_a_password_is_typed_the_page_says_for_which_account_the_link_is(string language)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url, new TabOptions { Language = language });

        foreach (var (page, token) in new[] { ("activate", links.Activation), ("reset", links.Reset) })
        {
            await tab.GoAsync($"/{page}?lang={language}#token={token}");

            await tab.SeesHeadingAsync($"{page}.heading");
            var sentence = tab.Texts.Fill("link.account", "email", OpenLinks.Masked);
            await tab.SeesAsync(sentence[..sentence.IndexOf("{when}", StringComparison.Ordinal)]);
            await Expect(tab.Page.GetByText(OpenLinks.Masked).Locator("visible=true").First).ToHaveTextAsync(new Regex(@"\b20\d\d\b"));
        }
    }

    [Fact]
    public async Task A_damaged_link_keeps_its_language()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);

        await tab.GoAsync($"/activate%3Flang=de%23token={links.Activation}");

        await tab.ArriveAtAsync($"{_server.Url}/activate");
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "de-CH");
    }

    [Theory]
    [InlineData("/?lang=fr%23code=")]
    [InlineData("/%23code=")]
    [InlineData("/?lang=fr&code=")]
    [InlineData("/index.html#code=")]
    [InlineData("/?lang=3Dfr#code=3D")]
    [InlineData("/?lang=fr#code=%20")]
    public async Task A_damaged_link_of_a_voucher_fills_in_the_code(string link)
    {
        var code = (await _server.IssueAsync()).Code;
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);

        await tab.Page.GotoAsync($"{link}{code}.");

        await tab.SeesHeadingAsync("home.heading");
        await Expect(tab.Field("code.label")).ToHaveValueAsync(code);
        Assert.Equal($"{_server.Url}/", tab.Page.Url);
    }

    [Theory]
    [InlineData("/activate#token=")]
    [InlineData("/activate%23token=")]
    public async Task A_link_works_where_the_browser_keeps_nothing(string link)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.Context.AddInitScriptAsync(
            "for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });");

        await tab.GoAsync(link + links.Activation);

        await tab.SeesAsync(OpenLinks.Masked);
        Assert.Equal($"{_server.Url}/activate", tab.Page.Url);
    }

    [Fact]
    public async Task A_link_opened_in_a_tab_that_shows_the_page_already_counts()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync("/activate");
        await tab.SeesAsync(tab.Texts["problem.link-incomplete.title"]);

        await tab.Page.EvaluateAsync($"location.href = '/activate#token={links.Activation}.'");

        await tab.SeesAsync(OpenLinks.Masked);
        Assert.Equal($"{_server.Url}/activate", tab.Page.Url);
    }

    [Fact]
    public async Task A_form_can_be_sent_though_the_link_could_not_be_looked_at()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await States.Stub.RefuseAsync(tab, "/api/activations/check", 503, "storage-unavailable", retryAfter: 5);

        await tab.GoAsync($"/activate#token={links.Activation}");

        await tab.SeesAsync(tab.Texts["link.unchecked"]);
        await Expect(tab.Button("activate.submit")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/activate?lang=fr%23token=")]
    [InlineData("/activate%23token=")]
    [InlineData("/api/activations?token=")]
    [InlineData("/api/training/%23token=")]
    [InlineData("/local/%23token=")]
    public async Task A_token_in_a_path_or_query_reaches_no_log(string address)
    {
        var token = $"{links.Activation[..60]}{Guid.NewGuid():N}"[..72];
        using var answer = await _server.Http.GetAsync(new Uri(address + token, UriKind.Relative), TestContext.Current.CancellationToken);
        using var broken = await _server.Http.PostAsync(new Uri(address + token, UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(_server.Said, line => line.Contains(token, StringComparison.Ordinal));
    }
}
