using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Refusals;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>"My documents" on the real service.</summary>
public sealed class DocumentTests(SharedServer shared, Chromium chromium) : IAsyncLifetime
{
    private const string Password = "Lampe Kamin Wolke 27";
    private const string Name = "Kursbestätigung – Müller & Söhne.pdf";
    private readonly string _email = $"{Guid.NewGuid():N}@example.ch";
    private Tab _tab = null!;

    private ILocator Rows => _tab.Page.Locator("#documents li");

    public async ValueTask InitializeAsync()
    {
        await shared.Server.ActivateAsync(_email, Password);
        _tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await _tab.LogInAsync(_email, Password);
        await _tab.ArriveAtAsync("/training");
        await _tab.Link("nav.documents").First.ClickAsync();
        await _tab.SeesHeadingAsync("documents.heading");
    }

    [Fact]
    public async Task A_document_is_sent_replaced_downloaded_and_deleted()
    {
        await SendAsync(Pdf("first"));
        await Expect(Rows).ToContainTextAsync([Name]);
        Assert.Equal(Pdf("first"), await DownloadAsync(Rows.GetByRole(AriaRole.Link)));

        await SendAsync(Pdf("second, and longer"));
        // The first one's "sent" still stands there: the answer to the second is waited for.
        await _tab.Page.RunAndWaitForResponseAsync(
            () => _tab.Button("dialog.yes").ClickAsync(), response => response.Request.Method == "PUT" && response.Ok);
        await _tab.SeesAsync(_tab.Texts["documents.sent"].Replace("{name}", Name, StringComparison.Ordinal));
        await Expect(Rows).ToHaveCountAsync(1);
        Assert.Equal(Pdf("second, and longer"), await DownloadAsync(Rows.GetByRole(AriaRole.Link)));
        Assert.StartsWith("PK", System.Text.Encoding.Latin1.GetString(await DownloadAsync(_tab.Button("documents.downloadAll"))), StringComparison.Ordinal);

        await Rows.GetByRole(AriaRole.Button).ClickAsync();
        await _tab.Button("dialog.yes").ClickAsync();

        await _tab.SeesAsync(_tab.Texts["documents.empty"]);
        await Expect(Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_same_name_from_a_Mac_replaces_the_document()
    {
        await SendAsync(Pdf("first"));
        await Expect(Rows).ToContainTextAsync([Name]);

        await SendAsync(Pdf("second"), "Kursbesta\u0308tigung – Mu\u0308ller & So\u0308hne.pdf");
        await _tab.Page.RunAndWaitForResponseAsync(
            () => _tab.Button("dialog.yes").ClickAsync(), response => response.Request.Method == "PUT" && response.Ok);

        await Expect(Rows).ToHaveCountAsync(1);
        Assert.Equal(Pdf("second"), await DownloadAsync(Rows.GetByRole(AriaRole.Link)));
    }

    [Fact]
    public async Task A_photo_with_a_wrong_ending_is_saved_under_one_that_opens_it()
    {
        await SendAsync([.. "RIFF"u8, 0, 1, 0, 0, .. "WEBPVP8 "u8], "Zürich – Foto.jpg");
        await Expect(Rows).ToContainTextAsync(["Zürich – Foto.jpg"]);

        var download = await _tab.Page.RunAndWaitForDownloadAsync(() => Rows.GetByRole(AriaRole.Link).ClickAsync());

        Assert.Equal("Zürich – Foto.webp", download.SuggestedFilename);
    }

    [Theory]
    [InlineData("too-long")]
    [InlineData("direction")]
    [InlineData("unknown-character")]
    public async Task A_name_that_cannot_be_kept_is_refused_with_the_reason(string reason)
    {
        var names = new Dictionary<string, string>
        {
            ["too-long"] = new string('a', 156) + ".pdf",
            ["direction"] = "fdp.\u202Egpj.pdf",
            ["unknown-character"] = "CV\uE000.pdf",
        };

        await SendAsync(Pdf("first"), names[reason]);

        await _tab.SeesAsync(_tab.Texts[$"problem.document-name.{reason}.title"]);
        await Expect(Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_no_document_is_refused_in_words()
    {
        await SendAsync("MZ\u0090 a program"u8.ToArray());

        await _tab.SeesRefusalAsync("document-type-not-allowed", "C’est un programme");
        await Expect(Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Everything_about_oneself_comes_in_one_file()
    {
        await _tab.Link("nav.account").First.ClickAsync();
        await _tab.SeesHeadingAsync("account.heading");

        Assert.StartsWith("PK", System.Text.Encoding.Latin1.GetString(await DownloadAsync(_tab.Button("account.export"))), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();

    private Task SendAsync(byte[] content, string name = Name) => _tab.Page.Locator("#files").SetInputFilesAsync(
        new FilePayload { Name = name, MimeType = "application/pdf", Buffer = content });

    private async Task<byte[]> DownloadAsync(ILocator button)
    {
        var download = await _tab.Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    private static byte[] Pdf(string text) => System.Text.Encoding.ASCII.GetBytes($"%PDF-1.7\n{text}");
}
