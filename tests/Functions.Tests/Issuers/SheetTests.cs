using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class SheetTests(AzuriteFixture azurite)
{
    /// <summary>Of the coloured boxes of a test sheet, from the top: what is above one must end there.</summary>
    private static readonly double[] UpperEdges = [107, 250];

    [Theory]
    [InlineData("fr", "Bon pour une formation", "Ouvrez localhost:4280", "mardi 1er juin 2027 à 14 h 05")]
    [InlineData("de", "Gutschein für einen Kurs", "Öffnen Sie localhost:4280", "Dienstag, 1. Juni 2027, 14.05 Uhr")]
    [InlineData("it", "Buono per una formazione", "Apra localhost:4280", "martedì 1° giugno 2027, ore 14:05")]
    [InlineData("en", "Voucher for a training", "Open localhost:4280", "Tuesday 1 June 2027, 14:05")]
    public async Task A_sheet_can_be_read_in_the_language_of_the_voucher(string language, string title, string step, string until)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app, "ORP Lausanne");
        var body = new { count = 1, language, redeemableUntil = "2027-06-01T12:05:00Z" };
        var json = await office.IssueAsync(body, idempotencyKey: "once");

        var answer = await office.IssueAsync(body, "application/pdf", idempotencyKey: "once");

        var text = Sheets.TextOf(answer);
        Assert.All(
            ["ORP Lausanne", "Kursplatz", title, step, " 1 ", " 2 ", " 3 ", until, "localhost:4280", json.Json["vouchers"]![0]!["code"]!.GetValue<string>()],
            expected => Assert.Contains(expected, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fr", "fr", "Bon pour une formation – Formation en ligne")]
    [InlineData("de", "de-CH", "Gutschein für einen Kurs – Kursplatz")]
    [InlineData("it", "it", "Buono per una formazione – Kursplatz")]
    [InlineData("en", "en", "Voucher for a training – Kursplatz")]
    public async Task A_screen_reader_is_told_the_language_and_the_title_of_the_PDF(string language, string tag, string title)
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings["Site:ServiceNameFr"] = "Formation en ligne");
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 3, language }, "application/pdf");

        using var document = PdfDocument.Open(Sheets.Kept(answer));
        var catalog = document.Structure.Catalog.CatalogDictionary;
        Assert.Equal((tag, title, 3), (((StringToken)catalog.Data["Lang"]).Data, document.Information.Title, document.NumberOfPages));
        Assert.Equal(BooleanToken.True, ((DictionaryToken)catalog.Data["ViewerPreferences"]).Data["DisplayDocTitle"]);
    }

    [Theory]
    [InlineData("fr", "Besoin d’aide ?", "Deutsch: ", "Italiano: ", "English: ")]
    [InlineData("de", "Brauchen Sie Hilfe?", "Français : ", "Italiano: ", "English: ")]
    [InlineData("it", "Ha bisogno di aiuto?", "Français : ", "Deutsch: ", "English: ")]
    [InlineData("en", "Need help?", "Français : ", "Deutsch: ", "Italiano: ")]
    public async Task A_sheet_says_whom_to_ask_and_a_line_in_the_three_other_languages(string language, string help, params string[] others)
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings["Mail:ReplyTo"] = "aide@exemple.ch");
        var office = await Office.NewAsync(app);

        var text = Sheets.TextOf(await office.IssueAsync(new { count = 1, language }, "application/pdf"));

        Assert.Contains($"{help} aide@exemple.ch", text, StringComparison.Ordinal);
        Assert.All(others, other => Assert.Contains(other, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sheet_names_no_contact_when_nobody_reads_answers()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        Assert.DoesNotContain("Besoin d’aide", Sheets.TextOf(await office.IssueAsync(new { count = 1 }, "application/pdf")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_voucher_has_a_page_of_A4_each()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 7 }, "application/pdf");

        using var document = PdfDocument.Open(answer.Bytes);
        Assert.Equal(7, document.NumberOfPages);
        Assert.All(document.GetPages(), page => Assert.Equal((595, 842), (Math.Round(page.Width), Math.Round(page.Height))));
    }

    [Fact]
    public async Task A_batch_prints_again_only_what_can_still_be_redeemed()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(3);
        await office.PostAsync($"/api/vouchers/{vouchers[1].Id}/revoke");

        var answer = await office.BatchAsync(id, "application/pdf");

        var text = Sheets.TextOf(answer);
        Assert.Contains(vouchers[0].Code, text, StringComparison.Ordinal);
        Assert.DoesNotContain(vouchers[1].Code, text, StringComparison.Ordinal);
        Assert.Contains(vouchers[2].Code, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_without_a_usable_voucher_prints_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(1);
        await office.PostAsync($"/api/vouchers/{vouchers[0].Id}/revoke");

        var answer = await office.BatchAsync(id, "application/pdf");

        Assert.Equal("nothing-to-print", answer.Code);
    }

    [Theory]
    [InlineData("fr", "Regionales Arbeitsvermittlungszentrum Emmental-Oberaargau, Aussenstelle Langnau, Beratung 3", "Formation en ligne")]
    [InlineData("de", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "Lehrgang für Fachkräfte der Gebäudereinigung und Hauswartung")]
    [InlineData("it", "ORP 🦄 日本", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW")]
    [InlineData("en", "O", "K")]
    public async Task Whatever_office_and_service_are_called_no_word_lies_on_another_or_beside_the_page(string language, string office, string service)
    {
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Settings["Site:ServiceName"] = service;
            options.Settings["Mail:ReplyTo"] = "beratung.und.hilfe@formation-en-ligne.marche-du-travail.admin.example.ch";
            options.Settings["Site:Origin"] = "https://formation-en-ligne.marche-du-travail.admin.example.ch";
        });
        var test = await (await Office.NewAsync(app, office)).WithNewKeyAsync(test: true);

        var answer = await test.IssueAsync(new { count = 1, language }, "application/pdf");

        using var document = PdfDocument.Open(Sheets.Kept(answer));
        var words = document.GetPage(1).GetWords().Select(word => word.BoundingBox).ToList();
        Assert.All(words, word => Assert.True(word is { Left: > 50, Right: < 595 - 50, Bottom: > 25 }, $"{word}"));
        Assert.All(UpperEdges, edge => Assert.DoesNotContain(words, word => word.Top > 842 - edge - 5 && word.Bottom < 842 - edge + 1));
        Assert.All(words.Index(), word => Assert.DoesNotContain(words.Skip(word.Index + 1), other => Overlap(word.Item, other)));
    }

    private static bool Overlap(PdfRectangle one, PdfRectangle other) =>
        one.Left < other.Right && other.Left < one.Right && one.Bottom < other.Top && other.Bottom < one.Top;
}
