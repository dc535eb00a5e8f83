using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>The scanner beyond the journey, which already reads a real QR code through a faked camera.</summary>
public sealed class ScannerTests(SharedServer shared, Chromium chromium)
{
    [Fact]
    public async Task A_picture_of_the_voucher_will_do()
    {
        var voucher = await shared.Server.IssueAsync();
        await using var tab = await OpenAsync();

        await ChooseAsync(tab, QrFilm.Photo(voucher.RegistrationUrl));

        await Expect(tab.Field("code.label")).ToHaveValueAsync(voucher.Code);
    }

    [Fact]
    public async Task Another_qr_code_is_not_taken_for_a_voucher()
    {
        await using var tab = await OpenAsync();

        await ChooseAsync(tab, QrFilm.Photo("https://example.ch/menu"));

        await tab.SeesAsync("Ce code QR n’est pas celui d’un bon.");
        await Expect(tab.Page.Locator("#scanner")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_explained()
    {
        await using var tab = await OpenAsync();

        await ChooseAsync(tab, "no picture"u8.ToArray());

        await tab.SeesAsync("Ce fichier n’est pas une image que l’on peut lire.");
    }

    [Fact]
    public async Task Without_a_camera_the_dialog_says_what_else_to_do()
    {
        await using var tab = await OpenAsync();

        await tab.Button("home.scan").ClickAsync();

        await tab.SeesAsync("Aucune caméra n’est disponible.");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Button("home.scan")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_browser_s_own_reader_is_used_where_there_is_one()
    {
        var voucher = await shared.Server.IssueAsync();
        await using var tab = await OpenAsync($$"""
            globalThis.BarcodeDetector = class {
              static async getSupportedFormats() { return ['qr_code']; }
              async detect() { return [{ rawValue: '{{voucher.RegistrationUrl}}' }]; }
            };
            """);
        var fetched = new List<string>();
        tab.Page.Request += (_, request) => fetched.Add(request.Url);

        await ChooseAsync(tab, QrFilm.Photo("anything"));

        await Expect(tab.Field("code.label")).ToHaveValueAsync(voucher.Code);
        Assert.DoesNotContain(fetched, url => url.Contains("/vendor/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_reader_is_not_fetched_before_it_is_needed()
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        var fetched = new List<string>();
        tab.Page.Request += (_, request) => fetched.Add(request.Url);

        await tab.Page.GotoAsync("/", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.DoesNotContain(fetched, url => url.Contains("/vendor/", StringComparison.Ordinal) || url.EndsWith("scanner.js", StringComparison.Ordinal));
    }

    private async Task<Tab> OpenAsync(string script = ";")
    {
        var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await tab.Context.AddInitScriptAsync(script);
        await tab.GoAsync("/");
        return tab;
    }

    private static async Task ChooseAsync(Tab tab, byte[] picture)
    {
        await tab.Button("home.scan").ClickAsync();
        await Expect(tab.Page.Locator("#scanner")).ToBeVisibleAsync();
        await tab.Field("scan.picture").SetInputFilesAsync(new FilePayload { Name = "voucher.png", MimeType = "image/png", Buffer = picture });
    }
}
