using System.Globalization;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail.Texts;
using VoucherFunctions.Tests.Mail;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>One instant reads the same in a mail, on a sheet and on the website, whose tests read the same file.</summary>
public sealed class DateTests
{
    public static TheoryData<string, string> Instants => Corpus.Read("dates.tsv");

    [Theory]
    [MemberData(nameof(Instants))]
    public void An_instant_is_written_as_people_in_Switzerland_write_it(string instantAndLanguage, string written)
    {
        var (instant, language) = Parse(instantAndLanguage);
        var dates = SwissDates.In(language);

        string[] all = [dates.ShortDate(instant), dates.LongDate(instant), dates.Time(instant), dates.DateAndTime(instant), dates.LastDay(instant)];

        Assert.Equal(written, string.Join(" | ", all));
    }

    [Theory]
    [MemberData(nameof(Instants))]
    public void A_mail_has_the_same_words(string instantAndLanguage, string written)
    {
        var (instant, language) = Parse(instantAndLanguage);
        var cells = written.Split(" | ");

        var link = MailTexts.Render(MailTemplate.PasswordReset, language, MailCases.Facts with { ResetBefore = instant });
        var end = MailTexts.Render(MailTemplate.AccountClosed, language, MailCases.Facts with { DeletedAtLatest = instant });

        Assert.Contains($" {cells[3]}.", link.Text, StringComparison.Ordinal);
        Assert.Contains($" {cells[4]}", end.Text, StringComparison.Ordinal);
    }

    private static (DateTimeOffset Instant, Language Language) Parse(string instantAndLanguage)
    {
        var cells = instantAndLanguage.Split(' ');
        Assert.True(Languages.TryParse(cells[1], out var language));
        return (DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture), language);
    }
}
