using System.Net;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>A person opens a page of a course, or a document, and is not logged in.</summary>
public sealed class WithoutSessionTests(SharedServer shared, Chromium chromium)
{
    private const string Password = "Lampe Kamin Wolke 27";
    private readonly SiteServer _server = shared.Server;

    public static TheoryData<string, string> ReturnAddresses => Corpus.Read("return-addresses.tsv");

    [Theory]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("it")]
    [InlineData("en")]
    public async Task The_page_of_a_course_leads_to_the_log_in_and_back_to_that_page(string language)
    {
        var email = $"{Guid.NewGuid():N}@example.ch";
        await _server.ActivateAsync(email, Password);
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url, new TabOptions { Language = language });

        var answer = await tab.Page.GotoAsync("/api/training/fr/2.html");
        Assert.Equal((int)HttpStatusCode.Unauthorized, answer!.Status);
        await Expect(tab.Heading).ToHaveTextAsync(tab.Texts["problem.session-required.title"]);
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await tab.Link("action.login").ClickAsync();
        await tab.SeesHeadingAsync("login.heading");
        await LogInAsync(tab, email);

        await tab.ArriveAtAsync($"{_server.Url}/api/training/fr/2.html");
        await Expect(tab.Heading).ToHaveTextAsync("2. La lettre");
    }

    [Fact]
    public async Task A_document_s_address_leads_to_the_log_in_and_to_the_documents()
    {
        var email = $"{Guid.NewGuid():N}@example.ch";
        await _server.ActivateAsync(email, Password);
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);

        await tab.Page.GotoAsync("/api/documents/CV.pdf");
        await tab.Link("action.login").ClickAsync();
        await tab.SeesHeadingAsync("login.heading");
        await LogInAsync(tab, email);

        await tab.SeesHeadingAsync("documents.heading");
    }

    /// <summary>A link in a mail to a course: the browser does not send the cookie with it (SameSite=Strict), though there is a session.</summary>
    [Fact]
    public async Task Somebody_who_is_logged_in_already_need_not_log_in_again()
    {
        var email = $"{Guid.NewGuid():N}@example.ch";
        await _server.ActivateAsync(email, Password);
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync("/login");
        await LogInAsync(tab, email);
        await tab.ArriveAtAsync($"{_server.Url}/training");

        await tab.Page.GotoAsync("/login?next=%2Fapi%2Ftraining%2Ffr%2F2.html");

        await tab.ArriveAtAsync($"{_server.Url}/api/training/fr/2.html");
    }

    [Fact]
    public async Task Somebody_whose_session_ended_meanwhile_gets_the_form()
    {
        var email = $"{Guid.NewGuid():N}@example.ch";
        await _server.ActivateAsync(email, Password);
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync("/login");
        await LogInAsync(tab, email);
        await tab.ArriveAtAsync($"{_server.Url}/training");
        await tab.Context.ClearCookiesAsync();

        await tab.GoAsync("/login?next=%2Fapi%2Ftraining%2Ffr%2F2.html");

        await tab.SeesHeadingAsync("login.heading");
        await LogInAsync(tab, email);
        await tab.ArriveAtAsync($"{_server.Url}/api/training/fr/2.html");
    }

    [Theory]
    [MemberData(nameof(ReturnAddresses))]
    public async Task A_log_in_leads_nowhere_but_to_a_page_of_this_site(string next, string path)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await tab.GoAsync("/faq");

        var found = await tab.Page.EvaluateAsync<string?>("async (next) => (await import('/js/return-address.js')).returnAddress(next)", next);

        Assert.Equal(path, found ?? "");
    }

    [Theory]
    [InlineData("https%3A%2F%2Fexample.com%2F")]
    [InlineData("%2F%2Fexample.com%2F")]
    [InlineData("%2F%5Cexample.com%2F")]
    public async Task A_forged_return_address_leads_to_the_training(string next)
    {
        var email = $"{Guid.NewGuid():N}@example.ch";
        await _server.ActivateAsync(email, Password);
        await using var tab = await Tab.OpenAsync(chromium.Browser, _server.Url);

        await tab.GoAsync($"/login?next={next}");
        await LogInAsync(tab, email);

        await tab.ArriveAtAsync($"{_server.Url}/training");
    }

    private static async Task LogInAsync(Tab tab, string email)
    {
        await tab.Field("field.loginEmail.label").FillAsync(email);
        await tab.Field("field.password.label").FillAsync(Password);
        await tab.Page.Locator("#login-form button[type=submit]").ClickAsync();
    }
}
