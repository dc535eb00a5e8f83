using System.Net;
using System.Text.RegularExpressions;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail.Texts;
using Xunit;

namespace VoucherFunctions.Tests.Mail;

/// <summary>Facts to write mails from, and ways to read the mails.</summary>
internal static partial class MailCases
{
    public static readonly MailFacts Facts = new()
    {
        ServiceName = "Formation en ligne",
        SiteOrigin = new Uri("https://bons.example.ch"),
        Name = "Anna Keller",
        Token = "AbC_-123",
        ActivateBefore = Utc("2026-11-23T13:05:37Z"),
        ResetBefore = Utc("2026-11-22T14:05:37Z"),
        AccessUntil = Utc("2027-02-20T23:00:00Z"),
        DeletedAtLatest = Utc("2028-02-20T23:00:00Z"),
        Now = Utc("2027-02-17T08:00:00Z"),
    };

    public static TheoryData<MailTemplate, Language> TemplatesInEveryLanguage =>
        [.. Enum.GetValues<MailTemplate>().SelectMany(t => Enum.GetValues<Language>().Select(l => (t, l)))];

    /// <summary>Every sentence that can be written: with and without an end, on each kind of day, as a test, with and without a name.</summary>
    public static IEnumerable<MailContent> EveryMailIn(Language language) =>
        from template in Enum.GetValues<MailTemplate>()
        from facts in (MailFacts[])
        [
            Facts,
            Facts with { IsTest = true, Name = "" },
            Facts with { Now = Utc("2027-02-20T08:00:00Z") },
            Facts with { Now = Utc("2027-02-19T08:00:00Z") },
            .. template == MailTemplate.AlreadyHasAccount ? [Facts with { AccessUntil = null }] : Array.Empty<MailFacts>(),
        ]
        select MailTexts.Render(template, language, facts);

    public static DateTimeOffset Utc(string instant) =>
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Subject and text without the addresses: what a person wrote and a person reads.</summary>
    public static string Prose(MailContent mail) =>
        mail.Subject + "\n" + string.Join('\n', Lines(mail.Text).Where(l => !l.StartsWith("https://", StringComparison.Ordinal)));

    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static string Greeting(MailContent mail) => Lines(mail.Text)[0];

    public static string[] Addresses(string text) => [.. Lines(text).Where(l => l.Contains("://", StringComparison.Ordinal))];

    /// <summary>The lines that somebody sees who reads the HTML part.</summary>
    public static string[] VisibleLines(string html)
    {
        var body = html[html.IndexOf("<body", StringComparison.Ordinal)..];
        var broken = body.Replace("<br>", "\n", StringComparison.Ordinal).Replace("</p>", "</p>\n", StringComparison.Ordinal);

        return Lines(WebUtility.HtmlDecode(Tag().Replace(broken, "")));
    }

    public static string[] Tags(string html) => [.. Tag().Matches(html).Select(m => m.Value)];

    public static string[] Links(string html) => [.. Href().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();
}
