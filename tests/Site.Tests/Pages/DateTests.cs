using SiteTests.Browser;
using SiteTests.Server;

namespace SiteTests.Pages;

/// <summary>The site writes an instant as mails and sheets do: Functions.Tests holds those to the same file.</summary>
public sealed class DateTests(SharedServer shared, Chromium chromium)
{
    private const string Write = """
        async (instants) => {
          const { shortDate, longDate, time, dateAndTime, lastDay } = await import('/js/format.js');
          return instants.map((instant) => [shortDate, longDate, time, dateAndTime, lastDay].map((write) => write(instant)).join(' | '));
        }
        """;

    public static TheoryData<string> Languages => [.. Texts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task An_instant_reads_as_in_a_mail_and_on_a_sheet(string language)
    {
        var cases = Corpus.Read("dates.tsv")
            .Select(row => (Input: row.Data.Item1.Split(' '), Written: row.Data.Item2))
            .Where(row => row.Input[1] == language)
            .ToList();
        await using var tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url, new TabOptions { Language = language });
        await tab.GoAsync("/");

        var written = await tab.Page.EvaluateAsync<string[]>(Write, cases.Select(row => row.Input[0]).ToArray());

        Assert.NotEmpty(cases);
        Assert.Equal(cases.Select(row => $"{row.Input[0]}: {row.Written}"), written.Zip(cases, (text, row) => $"{row.Input[0]}: {text}"));
    }
}
