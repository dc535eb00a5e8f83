using System.Net;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Refusals;

/// <summary>Each refusal of the contract, brought about on the real service and read on the page.</summary>
public sealed class RefusalTests(SharedServer shared, Chromium chromium) : IAsyncLifetime
{
    private const string Password = "Lampe Kamin Wolke 27";
    private readonly SiteServer _server = shared.Server;
    private readonly string _email = $"{Guid.NewGuid():N}@example.ch";
    private Tab _tab = null!;

    public async ValueTask InitializeAsync() => _tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);

    [Fact]
    public async Task Voucher_code_mistyped()
    {
        await _tab.CheckCodeAsync("7K3M-Q9TX-2BHD-5WVA");

        await _tab.SeesFieldErrorAsync("code", "voucher-code-mistyped", "Faute de frappe : un caractère au moins n'est pas juste. Comparez avec votre bon.");
    }

    [Fact]
    public async Task Voucher_unknown()
    {
        await _tab.CheckCodeAsync("0000-0000-0000-0000");

        await _tab.SeesRefusalAsync("voucher-unknown", "Nous ne connaissons pas ce code");
    }

    [Fact]
    public async Task Voucher_used()
    {
        var voucher = await _server.IssueAsync();
        await _server.RegisterAsync(voucher, _email);
        await _server.PostAsync("/api/activations", new { token = await _server.TokenAsync(_email), password = Password }, HttpStatusCode.OK);

        await _tab.CheckCodeAsync(voucher.Code);

        await _tab.SeesRefusalAsync("voucher-used", "Ce bon a déjà été utilisé");
        await Expect(_tab.Page.Locator(".problem a[href='/login']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Voucher_pending_leads_its_owner_on()
    {
        var voucher = await _server.IssueAsync();
        await _server.RegisterAsync(voucher, _email);

        await _tab.CheckCodeAsync(voucher.Code);

        await _tab.SeesRefusalAsync("voucher-pending", "Elle attend jusqu'au");
        await _tab.Link("action.sameVoucher").ClickAsync();
        await _tab.SeesHeadingAsync("details.heading");
        await _tab.Field("field.name.label").FillAsync("Amélie Rochat");
        await _tab.Field("field.email.label").FillAsync(_email);
        await _tab.Button("details.submit").ClickAsync();
        await _tab.SeesHeadingAsync("checkMail.heading");
    }

    [Fact]
    public async Task Voucher_revoked()
    {
        var voucher = await _server.IssueAsync();
        await _server.RevokeAsync(voucher);

        await _tab.CheckCodeAsync(voucher.Code);

        await _tab.SeesRefusalAsync("voucher-revoked", "Ce bon a été annulé");
    }

    [Fact]
    public async Task A_voucher_taken_by_somebody_else_meanwhile_is_told_with_the_details_kept()
    {
        var voucher = await _server.IssueAsync();
        await _tab.CheckCodeAsync(voucher.Code);
        await _tab.SeesHeadingAsync("details.heading");
        await _server.RegisterAsync(voucher, _email);

        await _tab.Field("field.name.label").FillAsync("Amélie Rochat");
        await _tab.Field("field.email.label").FillAsync($"other-{_email}");
        await _tab.Button("details.submit").ClickAsync();

        await _tab.SeesRefusalAsync("voucher-pending", "Une inscription avec ce bon attend déjà");
        await Expect(_tab.Field("field.name.label")).ToHaveValueAsync("Amélie Rochat");
    }

    [Fact]
    public async Task Too_soon_says_how_long()
    {
        await RegisterInTabAsync();
        await _tab.Page.Clock.FastForwardAsync(61_000);

        await _tab.Button("checkMail.resend").ClickAsync();

        await _tab.SeesRefusalAsync("too-soon", "Un e‑mail vient de partir");
        await Expect(_tab.Page.Locator(".problem .when")).ToContainTextAsync("Vous pourrez réessayer dans");
    }

    [Fact]
    public async Task Registration_ended()
    {
        await RegisterInTabAsync();
        await _server.PostAsync("/api/activations", new { token = await _server.TokenAsync(_email), password = Password }, HttpStatusCode.OK);
        await _tab.Page.Clock.FastForwardAsync(61_000);

        await _tab.Button("checkMail.resend").ClickAsync();

        await _tab.SeesRefusalAsync("registration-ended", "Cette inscription n'est plus en cours");
    }

    [Theory]
    [InlineData("Lampe 27", "too-short", "Le mot de passe est trop court : il faut au moins 12 caractères.")]
    [InlineData("Lampe Kamin Wolke 27 Lampe Kamin Wolke 27 Lampe Kamin Wolke 27 Lampe Kamin Wolke 27 Lampe Kamin Wolke 27 Lampe Kamin Wolke 27 1234", "too-long", "Le mot de passe est trop long : 128 caractères au plus.")]
    [InlineData("Amélie Rochat Wolke 27", "personal", "Le mot de passe contient votre nom ou votre adresse. Choisissez autre chose.")]
    [InlineData("Formation-Wolke-27", "service-name", "Le mot de passe contient le nom de ce service. Choisissez autre chose.")]
    [InlineData("1q2w3e4r5t6y", "common", "Ce mot de passe est très répandu. Choisissez-en un à vous.")]
    [InlineData("abcabcabcabcabc", "guessable", "Ce mot de passe est trop facile à deviner. Ajoutez un ou deux mots.")]
    public async Task Password_too_weak(string password, string reason, string text)
    {
        await _server.RegisterAsync(await _server.IssueAsync(), _email);

        await _tab.ChoosePasswordAsync(await _server.LinkAsync(_email), password);

        await _tab.SeesFieldErrorAsync("password", reason, text);
    }

    [Fact]
    public async Task Activation_used()
    {
        await _server.ActivateAsync(_email, Password);

        await _tab.Page.GotoAsync(await _server.LinkAsync(_email));

        await _tab.SeesRefusalAsync("activation-used", "Ce lien a déjà servi");
        await Expect(_tab.Page.Locator(".problem a[href='/login']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Activation_replaced_by_a_corrected_address_while_the_page_is_open()
    {
        var registered = await _server.RegisterAsync(await _server.IssueAsync(), _email);
        await _tab.GoAsync(await _server.LinkAsync(_email));
        await _tab.SeesHeadingAsync("activate.heading");
        await _server.PostAsync(
            "/api/registrations/correct-email",
            new { handle = registered.GetProperty("handle").GetString(), email = $"new-{_email}" },
            HttpStatusCode.Accepted);

        await _tab.Field("field.newPassword.label").FillAsync(Password);
        await _tab.Button("activate.submit").ClickAsync();

        await _tab.SeesRefusalAsync("activation-expired", "Prenez le lien de l'e‑mail le plus récent.");
    }

    [Fact]
    public async Task A_link_cut_off_by_a_mail_program()
    {
        await _tab.Page.GotoAsync("/activate#token=abc");

        await _tab.SeesRefusalAsync("invalid-request", "Le lien n'est pas complet");
    }

    [Fact]
    public async Task Account_exists()
    {
        await _server.RegisterAsync(await _server.IssueAsync(), _email);
        var first = await _server.TokenAsync(_email);
        await _server.RegisterAsync(await _server.IssueAsync(), _email);
        var second = await _server.LinkAsync(_email, 2);
        await _server.PostAsync("/api/activations", new { token = first, password = Password }, HttpStatusCode.OK);

        await _tab.Page.GotoAsync(second);

        await _tab.SeesRefusalAsync("account-exists", "Vous avez déjà un compte");
    }

    [Fact]
    public async Task Credentials_wrong()
    {
        await _tab.LogInAsync(_email, Password);

        await _tab.SeesRefusalAsync("credentials-wrong", "L'adresse ou le mot de passe n'est pas juste");
    }

    [Fact]
    public async Task Too_many_attempts_says_how_long()
    {
        await _server.ActivateAsync(_email, Password);
        using var client = new HttpClient { BaseAddress = new Uri(_server.Url) };
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var body = System.Net.Http.Json.JsonContent.Create(new { email = _email, password = "not this one" });
            using var _ = await client.PostAsync(new Uri("/api/sessions", UriKind.Relative), body, TestContext.Current.CancellationToken);
        }

        await _tab.LogInAsync(_email, "not this one");

        await _tab.SeesRefusalAsync("too-many-attempts", "Trop d'essais");
        await Expect(_tab.Page.Locator(".problem .when")).ToContainTextAsync("Vous pourrez réessayer dans");
    }

    [Fact]
    public async Task Reset_used()
    {
        await _server.ActivateAsync(_email, Password);
        await _server.PostAsync("/api/password-resets", new { email = _email }, HttpStatusCode.Accepted);
        var link = await _server.LinkAsync(_email, 2);
        await _tab.ChoosePasswordAsync(link, "Birke+Tasse+Nebel+48");
        await _tab.SeesAsync(_tab.Texts["reset.done"]);

        await _tab.Page.GotoAsync(link);

        await _tab.SeesRefusalAsync("reset-used", "Ce lien a déjà servi");
        await _tab.Page.ReloadAsync();
        await _tab.SeesRefusalAsync("reset-used", "Ce lien a déjà servi");
    }

    [Fact]
    public async Task Session_required_leads_to_the_log_in_and_back()
    {
        await _server.ActivateAsync(_email, Password);
        await _tab.GoAsync("/account");
        await _tab.SeesHeadingAsync("login.heading");
        await _tab.SeesAsync("Connectez-vous pour ouvrir cette page.");

        await _tab.Field("field.loginEmail.label").FillAsync(_email);
        await _tab.Field("field.password.label").FillAsync(Password);
        await _tab.Page.Locator("#login-form button[type=submit]").ClickAsync();

        await _tab.SeesHeadingAsync("account.heading");
    }

    [Fact]
    public async Task A_wrong_password_before_deleting_the_account()
    {
        await _server.ActivateAsync(_email, Password);
        await _tab.LogInAsync(_email, Password);
        await _tab.Link("nav.account").First.ClickAsync();
        await _tab.Button("account.erase").ClickAsync();

        await _tab.Page.Locator("#erase-password").FillAsync("not this one");
        await _tab.Button("account.eraseYes").ClickAsync();

        await Expect(_tab.Page.Locator("#erase-password-error")).ToHaveTextAsync("Ce mot de passe n’est pas juste.");
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();

    /// <summary>Through the pages, so that the tab knows the registration; with a browser clock the test can move.</summary>
    private async Task RegisterInTabAsync()
    {
        await _tab.Page.Clock.InstallAsync();
        await _tab.CheckCodeAsync((await _server.IssueAsync()).Code);
        await _tab.Field("field.name.label").FillAsync("Amélie Rochat");
        await _tab.Field("field.email.label").FillAsync(_email);
        await _tab.Button("details.submit").ClickAsync();
        await _tab.SeesHeadingAsync("checkMail.heading");
    }
}
