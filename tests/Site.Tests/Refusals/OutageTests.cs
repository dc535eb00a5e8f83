using SiteTests.Browser;
using SiteTests.Server;
using SiteTests.States;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Refusals;

/// <summary>When the service, the line or what stands between them fails, the page helps and keeps what was typed.</summary>
public sealed class OutageTests(SharedServer shared, Chromium chromium)
{
    private const string Password = "Lampe Kamin Wolke 27";
    private const string Email = "amelie.rochat@example.ch";

    [Theory]
    [InlineData(503, "service-busy", "Beaucoup de monde en ce moment")]
    [InlineData(503, "storage-unavailable", "Service indisponible")]
    [InlineData(500, "internal-error", "Service indisponible")]
    [InlineData(400, "invalid-request", "Quelque chose n'a pas pu être lu")]
    [InlineData(418, "a-code-of-tomorrow", "Cela n'a pas marché")]
    [InlineData(401, "session-required", "Votre session est terminée.")]
    public async Task The_service_refuses(int status, string code, string text)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await Stub.RefuseAsync(tab, "/api/sessions", status, code);

        await tab.LogInAsync(Email, Password);

        await tab.SeesRefusalAsync(code, text);
        await Expect(tab.Field("field.password.label")).ToHaveValueAsync(Password);
    }

    [Fact]
    public async Task Something_before_the_service_fails()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await Stub.EmptyAsync(tab, "/api/sessions", 502);

        await tab.LogInAsync(Email, Password);

        await tab.SeesRefusalAsync("502", "Service indisponible");
    }

    [Fact]
    public async Task The_wait_counts_down_and_ends()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await tab.Page.Clock.InstallAsync();
        await Stub.RefuseAsync(tab, "/api/sessions", 429, "too-many-attempts", retryAfter: 125);

        await tab.LogInAsync(Email, Password);
        await Expect(tab.Page.Locator(".problem .when")).ToContainTextAsync("dans 3 minutes");
        await tab.Page.Clock.FastForwardAsync(65_000);
        await Expect(tab.Page.Locator(".problem .when")).ToContainTextAsync("secondes");
        await tab.Page.Clock.FastForwardAsync(61_000);

        await Expect(tab.Page.Locator(".problem .when")).ToHaveTextAsync("Vous pouvez réessayer maintenant.");
    }

    [Fact]
    public async Task The_line_is_cut_while_a_form_is_filled_in()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await tab.GoAsync("/login");
        await tab.Context.SetOfflineAsync(true);
        await tab.SeesAsync("Pas de connexion à internet. Ce que vous avez écrit reste sur la page.");

        await tab.Field("field.loginEmail.label").FillAsync(Email);
        await tab.Field("field.password.label").FillAsync(Password);
        await tab.Page.Locator("#login-form button[type=submit]").ClickAsync();

        await tab.SeesRefusalAsync("offline", "Pas de connexion à internet");
    }

    [Fact]
    public async Task A_page_opened_without_a_connection_says_so_and_comes_back_by_itself()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { WithServiceWorker = true });
        await tab.GoAsync("/");
        await tab.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await tab.GoAsync("/faq");
        await tab.Context.SetOfflineAsync(true);

        await tab.Page.GotoAsync("/login");
        await tab.SeesAsync("Pas de connexion à internet");
        await tab.SeesAsync("Keine Verbindung zum Internet.");
        await tab.Context.SetOfflineAsync(false);

        await tab.SeesHeadingAsync("login.heading");
    }

    [Theory]
    [InlineData(413, "document-too-large", "Ce document est trop grand")]
    [InlineData(413, "documents-full", "Il n'y a plus de place")]
    public async Task A_document_is_refused(int status, string code, string text)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await Stub.SignedInAsync(tab);
        await Stub.RefuseAsync(tab, "/api/documents/new.pdf", status, code);
        await tab.GoAsync("/documents");
        await tab.SeesHeadingAsync("documents.heading");

        await tab.Field("documents.choose").SetInputFilesAsync(
            new Microsoft.Playwright.FilePayload { Name = "new.pdf", MimeType = "application/pdf", Buffer = "a"u8.ToArray() });

        await tab.SeesRefusalAsync(code, text);
    }

    /// <summary>The codes of the contract that a person can meet; each has its words in every language.</summary>
    [Theory]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("it")]
    [InlineData("en")]
    public async Task Every_refusal_has_words(string language)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { Language = language });
        await tab.GoAsync("/forgot");
        await tab.Field("field.loginEmail.label").FillAsync(Email);
        foreach (var code in Codes)
        {
            await Stub.RefuseAsync(tab, "/api/password-resets", 409, code);
            await tab.Page.Locator("#forgot-form button[type=submit]").ClickAsync();

            var box = tab.Page.Locator(".problem:visible");
            // A dead link without a date was replaced, not late.
            var key = code == "activation-expired" ? "activation-replaced" : code;
            await Expect(box.Locator("h2")).ToHaveTextAsync(tab.Texts[$"problem.{key}.title"]);
            await Expect(box).ToContainTextAsync(tab.Texts[$"problem.{key}.text"]);
        }
    }

    private static readonly string[] Codes =
    [
        "voucher-code-mistyped", "voucher-unknown", "voucher-used", "voucher-pending", "voucher-expired", "voucher-revoked",
        "too-soon", "registration-ended", "activation-expired", "activation-used", "account-exists", "credentials-wrong",
        "account-expired", "too-many-attempts", "reset-expired", "reset-used", "session-required", "document-too-large",
        "documents-full", "document-exists", "document-changed", "document-type-not-allowed", "document-unknown", "document-damaged", "invalid-request", "service-busy", "storage-unavailable",
    ];
}
