using System.Net;
using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Refusals;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>Anne's page is still open when Beat logs in in a second tab of the same browser. Her page must do nothing to his account.</summary>
public sealed class OldTabTests(SharedServer shared, Chromium chromium) : IAsyncLifetime
{
    private const string Password = "Lampe Kamin Wolke 27";
    private const string Document = "CV.pdf";
    private readonly string _anne = $"anne.{Guid.NewGuid():N}@example.ch";
    private readonly string _beat = $"beat.{Guid.NewGuid():N}@example.ch";
    private Tab _tab = null!;

    private static readonly Dictionary<string, Func<Tab, Task>> Acts = new()
    {
        ["/account save"] = async tab =>
        {
            await tab.Field("field.name.label").FillAsync("Anne Rochat");
            await tab.Button("account.save").ClickAsync();
        },
        ["/account change password"] = async tab =>
        {
            await tab.Page.Locator("#current-password").FillAsync(Password);
            await tab.Page.Locator("#new-password").FillAsync("Birke+Tasse+Nebel+48");
            await tab.Button("account.changePassword").ClickAsync();
        },
        ["/account export"] = tab => tab.Button("account.export").ClickAsync(),
        ["/account end a session"] = tab => tab.Page.Locator("#sessions button").First.ClickAsync(),
        ["/account erase"] = async tab =>
        {
            await tab.Page.Locator("#erase").ClickAsync();
            await tab.Page.Locator("#erase-password").FillAsync(Password);
            await tab.Page.Locator("#erase-dialog button[type=submit]").ClickAsync();
        },
        ["/documents download"] = tab => tab.Page.Locator("#documents li a").ClickAsync(),
        ["/documents download all"] = tab => tab.Button("documents.downloadAll").ClickAsync(),
        ["/documents send"] = tab => SendAsync(tab, "Lettre.pdf"),
        ["/documents replace"] = async tab =>
        {
            await SendAsync(tab, Document);
            await tab.Button("dialog.yes").ClickAsync();
        },
        ["/documents delete"] = async tab =>
        {
            await tab.Page.Locator("#documents li button").ClickAsync();
            await tab.Button("dialog.yes").ClickAsync();
        },
    };

    public static TheoryData<string> ActNames => [.. Acts.Keys];

    public async ValueTask InitializeAsync()
    {
        await shared.Server.ActivateAsync(_anne, Password);
        await shared.Server.ActivateAsync(_beat, Password);
        _tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
    }

    [Theory]
    [MemberData(nameof(ActNames))]
    public async Task An_old_tab_says_that_somebody_else_has_logged_in_and_does_nothing(string act)
    {
        await LogInAsync(_beat);
        await PutDocumentAsync();
        await LogInAsync(_anne);
        await PutDocumentAsync();
        await _tab.Context.AddInitScriptAsync("localStorage.setItem('signed-in', '1')");
        await _tab.GoAsync(act.Split(' ')[0]);
        await LogInAsync(_beat);
        var before = await AccountAsync();

        await Acts[act](_tab);

        await _tab.SeesRefusalAsync("other-account", _tab.Texts["problem.other-account.title"]);
        await Expect(_tab.Page.GetByText(_anne).Locator("visible=true")).ToHaveCountAsync(0);
        Assert.Equal(before, await AccountAsync());
        await _tab.Link("action.otherAccount").ClickAsync();
        await _tab.ArriveAtAsync("/training");
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();

    /// <summary>As in a second tab: the session is the browser's.</summary>
    private async Task LogInAsync(string email)
    {
        var answer = await _tab.Context.APIRequest.PostAsync("/api/sessions", new() { DataObject = new { email, password = Password } });
        Assert.Equal((int)HttpStatusCode.OK, answer.Status);
    }

    private async Task PutDocumentAsync()
    {
        var answer = await _tab.Context.APIRequest.PutAsync($"/api/documents/{Document}", new()
        {
            DataByte = "%PDF-1.7\n"u8.ToArray(),
            Headers = new Dictionary<string, string> { ["If-None-Match"] = "*", ["Content-Type"] = "application/pdf" },
        });
        Assert.Equal((int)HttpStatusCode.Created, answer.Status);
    }

    /// <summary>All that the service says of the person who is logged in now.</summary>
    private async Task<string> AccountAsync()
    {
        var parts = new List<string>();
        foreach (var path in (string[])["/api/profile", "/api/documents", "/api/sessions"])
        {
            parts.Add(await (await _tab.Context.APIRequest.GetAsync(path)).TextAsync());
        }
        return string.Join('\n', parts);
    }

    private static Task SendAsync(Tab tab, string name) => tab.Page.Locator("#files").SetInputFilesAsync(
        new FilePayload { Name = name, MimeType = "application/pdf", Buffer = "%PDF-1.7\nof Anne"u8.ToArray() });
}
