using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VoucherFunctions.Domain;
using VoucherFunctions.Printing;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>The sheet for people who cannot read paper. It is well-formed XML as well, so that tests can read it.</summary>
public sealed partial class SheetHtmlTests(AzuriteFixture azurite)
{
    private const string Html = "text/html";
    private static readonly string[] Elsewhere = ["src", "srcset", "action", "data", "poster", "background", "xlink:href"];

    [Theory]
    [InlineData("fr", "fr", "Bon pour une formation", "de-CH", "it", "en")]
    [InlineData("de", "de-CH", "Gutschein für einen Kurs", "fr", "it", "en")]
    [InlineData("it", "it", "Buono per una formazione", "fr", "de-CH", "en")]
    [InlineData("en", "en", "Voucher for a training", "fr", "de-CH", "it")]
    public async Task A_screen_reader_reads_the_sheet_in_the_voucher_s_language(string language, string tag, string title, params string[] others)
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings["Mail:ReplyTo"] = "aide@exemple.ch");
        var office = await Office.NewAsync(app, "ORP <Lausanne> & Cie");

        var page = Read((await office.IssueAsync(new { count = 1, language }, Html)).MustBe(HttpStatusCode.Created));

        var sheet = Assert.Single(page.Descendants("article"));
        Assert.Equal((tag, tag), (page.Root!.Attribute("lang")!.Value, sheet.Attribute("lang")!.Value));
        Assert.Equal($"{title} Kursplatz", Assert.Single(page.Descendants("h1")).Value);
        Assert.Equal(page.Descendants("h1").Single().Attribute("id")!.Value, sheet.Attribute("aria-labelledby")!.Value);
        Assert.Equal($"{title} – Kursplatz", page.Descendants("title").Single().Value);
        Assert.Equal("ORP <Lausanne> & Cie", sheet.Elements().First().Value);
        Assert.Equal(["h1", "h2", "h2"], page.Descendants().Where(element => element.Name.LocalName is "h1" or "h2" or "h3").Select(element => element.Name.LocalName));
        Assert.Equal(others, sheet.Descendants("p").Select(text => text.Attribute("lang")?.Value).OfType<string>());
        Assert.Equal(3, sheet.Descendants("li").Count());
        Assert.Contains(sheet.Descendants("a"), link => link.Attribute("href")!.Value == "mailto:aide@exemple.ch");
    }

    [Fact]
    public async Task The_code_is_seen_as_it_is_printed_and_heard_letter_by_letter()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var code = (await office.IssueAsync(new { count = 1 }, idempotencyKey: "once")).Json["vouchers"]![0]!["code"]!.GetValue<string>();

        var page = Read((await office.IssueAsync(new { count = 1 }, Html, idempotencyKey: "once")).MustBe(HttpStatusCode.OK));

        var spans = page.Descendants("span").ToList();
        Assert.Equal((code, "true"), (spans[0].Value, spans[0].Attribute("aria-hidden")!.Value));
        Assert.Equal((code.Replace("-", "", StringComparison.Ordinal), null), (spans[1].Value.Replace(" ", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal), spans[1].Attribute("aria-hidden")));
        Assert.Equal(3, spans[1].Value.Count(c => c == ','));
    }

    [Fact]
    public async Task The_QR_code_is_the_one_of_the_PDF_and_has_words_of_its_own()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var json = (await office.IssueAsync(new { count = 1 }, query: "?include=qr", idempotencyKey: "once")).Json["vouchers"]![0]!;

        var page = Read(await office.IssueAsync(new { count = 1 }, Html, idempotencyKey: "once"));

        var picture = page.Descendants().Single(element => element.Name.LocalName == "svg");
        Assert.Equal(json["registrationUrl"]!.GetValue<string>(), picture.Parent!.Attribute("href")!.Value);
        Assert.Equal(("img", "Code QR : ouvre le site avec le code déjà saisi"), (picture.Attribute("role")!.Value, picture.Attribute("aria-label")!.Value.Replace('\u00A0', ' ')));
        Assert.Equal(Paths(XDocument.Parse(json["qr"]!.GetValue<string>()).Root!), Paths(picture));
    }

    [Fact]
    public async Task The_page_loads_nothing_and_runs_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = (await office.IssueAsync(new { count = 2 }, Html)).MustBe(HttpStatusCode.Created);

        var page = Read(answer);
        var style = page.Descendants("style").Single().Value;
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotContain("url(", style, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", style, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "form" or "base");
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute => Elsewhere.Contains(attribute.Name.LocalName) || attribute.Name.LocalName is "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.Descendants("a"), link => Assert.StartsWith("http://localhost:4280/", link.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_is_read_again_with_one_sheet_for_each_voucher_that_can_be_redeemed()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var test = await (await Office.NewAsync(app)).WithNewKeyAsync(test: true);
        var (id, vouchers) = await test.NewBatchAsync(3);
        await test.PostAsync($"/api/vouchers/{vouchers[1].Id}/revoke");

        var sheets = Read((await test.BatchAsync(id, Html)).MustBe(HttpStatusCode.OK)).Descendants("article").ToList();

        Assert.Equal([vouchers[0].Code, vouchers[2].Code], sheets.Select(sheet => sheet.Descendants("span").First().Value));
        Assert.Equal(2, sheets.Select(sheet => sheet.Attribute("aria-labelledby")!.Value).Distinct().Count());
        Assert.All(sheets, sheet => Assert.Contains(sheet.Elements("p"), text => text.Value == "Bon de test, à ne remettre à personne"));
        await test.PostAsync($"/api/vouchers/batches/{id}/revoke");
        Assert.Equal("nothing-to-print", (await test.BatchAsync(id, Html)).Code);
    }

    [Theory]
    [InlineData(Html)]
    [InlineData("application/pdf")]
    public async Task A_large_pile_leaves_page_by_page(string accept)
    {
        var sheets = Enumerable.Range(0, 100).Select(number => new VoucherSheet(
            $"7KQ2-M9XW-3HTR-{number:D4}", $"http://localhost/?lang=fr#code={number}", DateTimeOffset.UnixEpoch, Language.Fr));
        var pile = new SheetPile("ORP", DateTimeOffset.UnixEpoch, [.. sheets]);
        var (service, site, contact) = (new ServiceName("F", "D", "I", "E"), new SiteOrigin(new Uri("http://localhost")), new HelpContact(null));
        using var printer = new SheetPrinter(service, site, contact);
        await using var target = new CountedStream();

        await (accept == Html
            ? new SheetHtml(service, site, contact).WriteAsync(pile, target, TestContext.Current.CancellationToken)
            : printer.WriteAsync(pile, target, TestContext.Current.CancellationToken));

        Assert.True(target.Writes >= 100, $"{target.Writes} writes");
        Assert.InRange(target.Largest, 1, 200_000);
    }

    private static XDocument Read(Answer answer)
    {
        Assert.Equal((Html, "utf-8"), (answer.ContentType, answer.ContentHeaders.ContentType!.CharSet));
        return XDocument.Parse(Doctype().Replace(answer.Body, ""));
    }

    private static IEnumerable<string> Paths(XElement svg) => svg.Elements().Select(path => path.Attribute("d")!.Value);

    [GeneratedRegex("^<!DOCTYPE html>")]
    private static partial Regex Doctype();

    private sealed class CountedStream : MemoryStream
    {
        public int Writes { get; private set; }

        public int Largest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (Writes, Largest) = (Writes + 1, Math.Max(Largest, buffer.Length));
            return ValueTask.CompletedTask;
        }
    }
}
