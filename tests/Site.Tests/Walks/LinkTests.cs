using SiteTests.Browser;
using SiteTests.Server;

namespace SiteTests.Walks;

/// <summary>Mail scanners and curious people open links, with scripts running. That must change nothing.</summary>
public sealed class LinkTests(SharedServer shared, Chromium chromium)
{
    private const string Password = "Lampe Kamin Wolke 27";
    private readonly SiteServer _server = shared.Server;
    private readonly string _email = $"{Guid.NewGuid():N}@example.ch";

    [Fact]
    public async Task An_activation_link_opened_ten_times_still_works()
    {
        await _server.RegisterAsync(await _server.IssueAsync(), _email);
        var link = await _server.LinkAsync(_email);

        await OpenTenTimesAsync(link, "activate.heading");

        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync(link);
        await tab.Field("field.newPassword.label").FillAsync(Password);
        await tab.Button("activate.submit").ClickAsync();
        await tab.SeesAsync(tab.Texts["activate.done"]);
    }

    [Fact]
    public async Task A_reset_link_opened_ten_times_still_works()
    {
        await _server.ActivateAsync(_email, Password);
        await _server.PostAsync("/api/password-resets", new { email = _email }, System.Net.HttpStatusCode.Accepted);
        var link = await _server.LinkAsync(_email, 2);

        await OpenTenTimesAsync(link, "reset.heading");

        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync(link);
        await tab.Field("field.newPassword.label").FillAsync("Birke+Tasse+Nebel+48");
        await tab.Button("reset.submit").ClickAsync();
        await tab.SeesAsync(tab.Texts["reset.done"]);
    }

    [Fact]
    public async Task The_secret_of_a_link_leaves_the_address_bar_and_the_history_at_once()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);

        await tab.GoAsync("/activate?lang=fr#token=a-secret");

        Assert.Equal($"{_server.Url}/activate", tab.Page.Url);
        await tab.GoAsync("/faq");
        await tab.Page.GoBackAsync();
        Assert.Equal($"{_server.Url}/activate", tab.Page.Url);
    }

    [Fact]
    public async Task A_link_survives_a_reload_and_is_forgotten_once_used()
    {
        await _server.RegisterAsync(await _server.IssueAsync(), _email);
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync(await _server.LinkAsync(_email));

        await tab.Page.ReloadAsync();
        await tab.Field("field.newPassword.label").FillAsync(Password);
        await tab.Button("activate.submit").ClickAsync();
        await tab.SeesAsync(tab.Texts["activate.done"]);

        var kept = await tab.Page.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage, ...localStorage })");
        Assert.Equal("""{"language":"fr","signed-in":"1"}""", kept);
    }

    private async Task OpenTenTimesAsync(string link, string heading)
    {
        for (var time = 0; time < 10; time++)
        {
            await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
            await tab.GoAsync(link);
            await tab.SeesHeadingAsync(heading);
        }
    }
}
