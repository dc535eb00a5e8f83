using System.Net;
using System.Text.Json.Nodes;
using UglyToad.PdfPig;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Issuers;
using Xunit;

namespace VoucherFunctions.Tests.Mail;

/// <summary>Everybody reads the service's name in their own language: in mails, on sheets, on the site.</summary>
public sealed class ServiceNameTests(AzuriteFixture azurite)
{
    public static TheoryData<string, string, string> Names => new()
    {
        { "fr", "Site:ServiceNameFr", "Formation en ligne" },
        { "de", "Site:ServiceNameDe", "Online-Kurs" },
        { "it", "Site:ServiceNameIt", "Formazione online" },
        { "en", "Site:ServiceNameEn", "Online training" },
        { "fr", "Site:ServiceNameDe", "Kursplatz" },
        { "en", "Site:ServiceNameFr", "Kursplatz" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Mail_and_sheet_call_the_service_by_its_name_in_the_language_of_the_reader(string language, string setting, string expected)
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings[setting] = Named(setting));
        using var person = await Journey.WithVoucherAsync(app);
        var office = await Office.NewAsync(app, "ORP");

        (await person.RegisterAsync(language: language)).MustBe(HttpStatusCode.Accepted);
        var sheet = await office.IssueAsync(new { count = 1, language }, "application/pdf");
        await app.SettleAsync();

        var mail = Assert.Single(app.Mailbox.To(person.Email));
        Assert.EndsWith($" – {expected}", mail.Content.Subject, StringComparison.Ordinal);
        Assert.Contains(expected, mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains(expected, Sheets.TextOf(sheet), StringComparison.Ordinal);
        using var document = PdfDocument.Open(Sheets.Kept(sheet));
        Assert.EndsWith($" – {expected}", document.Information.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_site_and_the_sample_settings_call_it_the_same()
    {
        var site = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "site", "config.json")))!["serviceName"]!.AsObject();
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")))!["Values"]!;

        string[] ofTheSite = [.. ((string[])["fr", "de", "it", "en"]).Select(language => site[language]!.GetValue<string>())];

        Assert.Equal(ofTheSite, ((string[])["Fr", "De", "It", "En"]).Select(language => sample[$"Site__ServiceName{language}"]!.GetValue<string>()));
    }

    private static string Named(string setting) => setting[^2..] switch
    {
        "Fr" => "Formation en ligne",
        "De" => "Online-Kurs",
        "It" => "Formazione online",
        _ => "Online training",
    };
}
