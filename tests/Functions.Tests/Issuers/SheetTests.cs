using UglyToad.PdfPig;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class SheetTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("fr", "Bon pour une formation", "Ouvrez localhost:4280", "mardi 1er juin 2027 à 14 h 05")]
    [InlineData("de", "Gutschein für einen Kurs", "Öffnen Sie localhost:4280", "Dienstag, 1. Juni 2027, 14.05 Uhr")]
    [InlineData("it", "Buono per una formazione", "Apra localhost:4280", "martedì 1° giugno 2027")]
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
            ["ORP Lausanne", "Kursplatz", title, step, until, json.Json["vouchers"]![0]!["code"]!.GetValue<string>()],
            expected => Assert.Contains(expected, text, StringComparison.Ordinal));
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
    [InlineData("Regionales Arbeitsvermittlungszentrum Emmental-Oberaargau, Aussenstelle Langnau, Beratung 3")]
    [InlineData("ORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPORPO")]
    [InlineData("ORP 🦄 日本")]
    public async Task An_unusual_office_name_is_printed_within_the_page(string name)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app, name);

        var answer = await office.IssueAsync(new { count = 1 }, "application/pdf");

        using var document = PdfDocument.Open(answer.Bytes);
        Assert.All(document.GetPage(1).Letters, letter => Assert.InRange(letter.BoundingBox.Right, 0, 595.28 - 50));
    }
}
