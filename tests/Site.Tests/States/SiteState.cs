using SiteTests.Browser;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.States;

/// <summary>Every page of the site in every state that shows something of its own.</summary>
public sealed record SiteState(string Name, Func<Tab, Task> ReachAsync)
{
    private const string AnyPassword = "Lampe Kamin Wolke 27";
    private const string Mistyped = "7K3M-Q9TX-2BHD-5WVA";
    private static readonly object Expired = new { expiredAt = "2027-02-20T23:00:00Z", deletedAtLatest = "2028-02-20T23:00:00Z" };

    public static IReadOnlyList<SiteState> All { get; } =
    [
        new("home", tab => tab.GoAsync("/")),
        new("home-typing-error", async tab =>
        {
            await tab.GoAsync("/");
            await tab.Page.FillAsync("#code", Mistyped);
            await tab.Page.ClickAsync("#continue");
        }),
        new("home-voucher-pending", async tab =>
        {
            await Stub.RefuseAsync(tab, "/api/vouchers/check", 409, "voucher-pending", new { pendingUntil = "2026-11-24T09:12:00Z" });
            await tab.GoAsync("/#code=0000-0000-0000-0000");
            await SendAsync(tab, "#continue");
        }),
        new("home-scanner", async tab =>
        {
            await tab.GoAsync("/");
            await tab.Page.ClickAsync("#scan");
            await Expect(tab.Page.Locator("#scanner")).ToBeVisibleAsync();
        }),
        new("home-signed-in", async tab =>
        {
            await Stub.SignedInAsync(tab);
            await tab.GoAsync("/");
        }),
        new("details", async tab =>
        {
            await Stub.CodeAsync(tab);
            await tab.GoAsync("/details");
        }),
        new("details-errors", async tab =>
        {
            await Stub.CodeAsync(tab);
            await tab.GoAsync("/details");
            await tab.Page.ClickAsync("button[type=submit]");
        }),
        new("details-slip", async tab =>
        {
            await Stub.CodeAsync(tab);
            await tab.GoAsync("/details");
            await tab.Page.FillAsync("#name", "Amélie Rochat");
            await tab.Page.FillAsync("#email", "amelie.rochat@gmial.com");
            await tab.Page.Locator("#email").BlurAsync();
        }),
        new("details-without-code", tab => tab.GoAsync("/details")),
        new("check-mail", async tab =>
        {
            await Stub.PendingAsync(tab);
            await tab.GoAsync("/check-mail");
        }),
        new("check-mail-correcting", async tab =>
        {
            await Stub.PendingAsync(tab);
            await tab.GoAsync("/check-mail");
            await tab.Page.ClickAsync("#correction summary");
        }),
        new("check-mail-cancelling", async tab =>
        {
            await Stub.PendingAsync(tab);
            await tab.GoAsync("/check-mail");
            await tab.Page.ClickAsync("#cancel");
        }),
        new("check-mail-nothing", tab => tab.GoAsync("/check-mail")),
        new("activate", async tab =>
        {
            await Stub.LinkAsync(tab, "/api/activations/check");
            await tab.GoAsync("/activate#token=t");
            await tab.SeesAsync(Stub.Masked);
            await tab.Page.FillAsync("#password", AnyPassword);
        }),
        new("activate-unchecked", async tab =>
        {
            await Stub.RefuseAsync(tab, "/api/activations/check", 503, "storage-unavailable");
            await tab.GoAsync("/activate#token=t");
            await tab.SeesAsync(tab.Texts["link.unchecked"]);
        }),
        new("activate-weak", async tab =>
        {
            await Stub.LinkAsync(tab, "/api/activations/check");
            await Stub.RefuseAsync(tab, "/api/activations", 400, "password-too-weak", new { reason = "guessable" });
            await tab.GoAsync("/activate#token=t");
            await tab.Page.FillAsync("#password", AnyPassword);
            await SendAsync(tab, "button[type=submit]");
        }),
        new("activate-expired", async tab =>
        {
            await Stub.RefuseAsync(tab, "/api/activations/check", 410, "activation-expired", new { expiredAt = "2026-11-24T09:12:00Z" });
            await tab.GoAsync("/activate#token=t");
            await Expect(tab.Page.Locator(".problem")).ToBeVisibleAsync();
        }),
        new("activate-without-link", tab => tab.GoAsync("/activate")),
        new("login", tab => tab.GoAsync("/login")),
        new("login-wrong", tab => LogInRefusedAsync(tab, 401, "credentials-wrong")),
        new("login-too-many", tab => LogInRefusedAsync(tab, 429, "too-many-attempts", retryAfter: 600)),
        new("login-unavailable", tab => LogInRefusedAsync(tab, 503, "storage-unavailable")),
        new("login-expired", tab => LogInRefusedAsync(tab, 403, "account-expired", Expired)),
        new("forgot", tab => tab.GoAsync("/forgot")),
        new("forgot-sent", async tab =>
        {
            await Stub.EmptyAsync(tab, "/api/password-resets", 202);
            await tab.GoAsync("/forgot");
            await tab.Page.FillAsync("#email", "amelie.rochat@example.ch");
            await tab.Page.ClickAsync("button[type=submit]");
            await Expect(tab.Page.Locator("#sent")).ToBeVisibleAsync();
        }),
        new("reset", async tab =>
        {
            await Stub.LinkAsync(tab, "/api/password-resets/check");
            await tab.GoAsync("/reset#token=t");
            await tab.SeesAsync(Stub.Masked);
        }),
        new("account", tab => SignedInAsync(tab, "/account")),
        new("account-last-day", tab => SignedInAsync(tab, "/account", 0)),
        new("account-errors", async tab =>
        {
            await SignedInAsync(tab, "/account");
            await tab.Page.FillAsync("#name", "");
            await tab.Page.ClickAsync("#details-form button[type=submit]");
            await tab.Page.ClickAsync("#password-form button[type=submit]");
        }),
        new("account-erasing", async tab =>
        {
            await SignedInAsync(tab, "/account");
            await tab.Page.ClickAsync("#erase");
        }),
        new("training", tab => SignedInAsync(tab, "/training", 9)),
        new("training-preparing", async tab =>
        {
            await Stub.SignedInAsync(tab);
            await Stub.EmptyAsync(tab, "/api/training/", 404);
            await tab.GoAsync("/training");
            await Expect(tab.Page.Locator("#content")).ToBeVisibleAsync();
        }),
        new("training-without-session", tab => tab.GoAsync("/api/training/fr/2.html")),
        new("documents", tab => SignedInAsync(tab, "/documents")),
        new("documents-removing", async tab =>
        {
            await SignedInAsync(tab, "/documents");
            await tab.Page.Locator("#documents button").First.ClickAsync();
        }),
        new("documents-damaged", async tab =>
        {
            await Stub.SignedInAsync(tab);
            await Stub.AnswerAsync(tab, "/api/documents", 200, new { documents = Array.Empty<object>(), usedBytes = 2_000, limitBytes = 200_000_000, damaged = 2 });
            await tab.GoAsync("/documents");
            await Expect(tab.Page.Locator("#content")).ToBeVisibleAsync();
        }),
        new("faq", async tab =>
        {
            await tab.GoAsync("/faq");
            await tab.Page.Locator("summary").First.ClickAsync();
        }),
        new("privacy", tab => tab.GoAsync("/privacy")),
        new("accessibility", tab => tab.GoAsync("/accessibility")),
        new("imprint", tab => tab.GoAsync("/imprint")),
        new("not-found", tab => tab.GoAsync("/no-such-page")),
        new("offline", tab => tab.GoAsync("/offline")),
    ];

    public override string ToString() => Name;

    private static async Task SignedInAsync(Tab tab, string path, int daysLeft = 62)
    {
        await Stub.SignedInAsync(tab, daysLeft);
        await tab.GoAsync(path);
        await Expect(tab.Page.Locator("#content")).ToBeVisibleAsync();
    }

    private static async Task LogInRefusedAsync(Tab tab, int status, string code, object? more = null, int? retryAfter = null)
    {
        await Stub.RefuseAsync(tab, "/api/sessions", status, code, more, retryAfter);
        await tab.GoAsync("/login");
        await tab.Page.FillAsync("#email", "amelie.rochat@example.ch");
        await tab.Page.FillAsync("#password", AnyPassword);
        await SendAsync(tab, "button[type=submit]");
    }

    private static async Task SendAsync(Tab tab, string button)
    {
        await tab.Page.ClickAsync(button);
        await Expect(tab.Page.Locator(".problem")).ToBeVisibleAsync();
    }
}
