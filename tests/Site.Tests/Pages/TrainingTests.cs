using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>From the page of the training into the course that is brought along, and back to where one was.</summary>
public sealed class TrainingTests(SharedServer shared, Chromium chromium)
{
    private const string Password = "Lampe Kamin Wolke 27";
    private readonly SiteServer _server = shared.Server;

    [Theory]
    [InlineData("fr", "Écrire une candidature", "2. La lettre", "Une page", "Vérifier", "Exact : une page.")]
    [InlineData("de", "Eine Bewerbung schreiben", "2. Der Brief", "Eine Seite", "Prüfen", "Richtig: eine Seite.")]
    [InlineData("it", "Scrivere una candidatura", "2. La lettera", "Una pagina", "Verifica", "Esatto: una pagina.")]
    [InlineData("en", "Writing an application", "2. The letter", "One page", "Check", "Right: one page.")]
    public async Task The_course_opens_in_the_persons_language_and_goes_on_where_it_was_left(
        string language, string title, string page, string answer, string check, string right)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url, new TabOptions { Language = language });
        await SignInAsync(tab.Context, language);
        await tab.GoAsync("/training");
        await Expect(tab.Link("training.resume")).ToHaveCountAsync(0);

        await tab.Link("training.start").ClickAsync();
        await Expect(tab.Heading).ToHaveTextAsync(title);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = page }).ClickAsync();
        await tab.Page.GetByLabel(answer).CheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = check }).ClickAsync();
        await tab.SeesAsync(right);

        await tab.GoAsync("/training");
        await tab.Link("training.resume").ClickAsync();
        await Expect(tab.Heading).ToHaveTextAsync(page);
        Assert.EndsWith($"/api/training/{language}/2.html", tab.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_goes_on_where_they_were_also_once_the_service_worker_is_active()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url, new TabOptions { WithServiceWorker = true });
        await SignInAsync(tab.Context, "fr");
        await tab.GoAsync("/training");
        await tab.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await tab.Page.ReloadAsync();
        await tab.ReadyAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("navigator.serviceWorker.controller !== null"));

        await tab.Link("training.start").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "2. La lettre" }).ClickAsync();
        await Expect(tab.Heading).ToHaveTextAsync("2. La lettre");

        await tab.GoAsync("/training");
        await tab.Link("training.resume").ClickAsync();
        await Expect(tab.Heading).ToHaveTextAsync("2. La lettre");
    }

    /// <summary>As a hostile script in a course would try, and a careless one might.</summary>
    private static readonly string[] Attempts =
    [
        "fetch('/api/profile').then((answer) => answer.text())",
        "fetch('/api/training/../profile').then((answer) => answer.text())",
        "fetch('/api/training/..%5Cprofile').then((answer) => answer.ok ? answer.text() : Promise.reject())",
        "fetch('https://example.ch/').then((answer) => answer.text())",
        "new Promise((read, refuse) => { const opened = open('/account'); opened ? read(opened) : refuse(); })",
        "new Promise((read, refuse) => { const frame = document.createElement('iframe'); frame.src = '/account'; "
            + "frame.onload = () => frame.contentDocument?.querySelector('main') ? read('seen') : refuse(); document.body.append(frame); })",
        "import('/js/api.js')",
        "navigator.serviceWorker.register('/api/training/quiz.js')",
    ];

    [Fact]
    public async Task A_script_of_a_course_reaches_nothing_but_the_course()
    {
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = _server.Url });
        await SignInAsync(context, "fr");
        var page = await context.NewPageAsync();
        await page.GotoAsync("/api/training/fr/2.html");

        Assert.Equal("200", await page.EvaluateAsync<string>("fetch('/api/training/quiz.js').then((answer) => `${answer.status}`)"));
        foreach (var attempt in Attempts)
        {
            Assert.Equal((attempt, "refused"), (attempt, await page.EvaluateAsync<string>($"({attempt}).then(() => 'reached', () => 'refused')")));
        }
    }

    private async Task SignInAsync(IBrowserContext context, string language)
    {
        var email = $"{Guid.NewGuid():N}@example.ch";
        await _server.ActivateAsync(email, Password);
        var signedIn = await context.APIRequest.PostAsync("/api/sessions", new() { DataObject = new { email, password = Password } });
        Assert.Equal((int)HttpStatusCode.OK, signedIn.Status);
        var changed = await context.APIRequest.PatchAsync("/api/profile", new() { DataObject = new { language } });
        Assert.Equal(language, JsonDocument.Parse(await changed.TextAsync()).RootElement.GetProperty("language").GetString());
    }
}
