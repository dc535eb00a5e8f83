using System.Globalization;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail.Texts;
using Xunit;

namespace VoucherFunctions.Tests.Mail;

public sealed class MailDatesTests
{
    public static TheoryData<Language, string[]> MonthsOf2027 => new()
    {
        {
            Language.Fr,
            [
                "vendredi 1er janvier", "mardi 2 février", "mercredi 3 mars", "dimanche 4 avril", "mercredi 5 mai", "dimanche 6 juin",
                "mercredi 7 juillet", "dimanche 8 août", "jeudi 9 septembre", "dimanche 10 octobre", "jeudi 11 novembre", "dimanche 12 décembre",
            ]
        },
        {
            Language.De,
            [
                "Freitag, 1. Januar", "Dienstag, 2. Februar", "Mittwoch, 3. März", "Sonntag, 4. April", "Mittwoch, 5. Mai", "Sonntag, 6. Juni",
                "Mittwoch, 7. Juli", "Sonntag, 8. August", "Donnerstag, 9. September", "Sonntag, 10. Oktober", "Donnerstag, 11. November", "Sonntag, 12. Dezember",
            ]
        },
        {
            Language.It,
            [
                "venerdì 1° gennaio", "martedì 2 febbraio", "mercoledì 3 marzo", "domenica 4 aprile", "mercoledì 5 maggio", "domenica 6 giugno",
                "mercoledì 7 luglio", "domenica 8 agosto", "giovedì 9 settembre", "domenica 10 ottobre", "giovedì 11 novembre", "domenica 12 dicembre",
            ]
        },
        {
            Language.En,
            [
                "Friday 1 January", "Tuesday 2 February", "Wednesday 3 March", "Sunday 4 April", "Wednesday 5 May", "Sunday 6 June",
                "Wednesday 7 July", "Sunday 8 August", "Thursday 9 September", "Sunday 10 October", "Thursday 11 November", "Sunday 12 December",
            ]
        },
    };

    public static TheoryData<Language, string> ThreeDaysBefore => new()
    {
        { Language.Fr, "dans 3 jours, le samedi 20 février 2027 à 23\u00A0h\u00A059 (heure suisse)" },
        { Language.De, "in 3 Tagen, am Samstag, 20. Februar 2027, 23.59 Uhr (Schweizer Zeit)" },
        { Language.It, "tra 3 giorni, sabato 20 febbraio 2027, ore 23:59 (ora svizzera)" },
        { Language.En, "in 3 days, on Saturday 20 February 2027, 23:59 (Swiss time)" },
    };

    [Theory]
    [MemberData(nameof(MonthsOf2027))]
    public void Every_month_has_its_name_in_every_language(Language language, string[] expected)
    {
        for (var month = 1; month <= 12; month++)
        {
            var noon = new DateTimeOffset(2027, month, month, 11, 0, 0, TimeSpan.Zero);

            var mail = MailTexts.Render(MailTemplate.PasswordReset, language, MailCases.Facts with { ResetBefore = noon });

            Assert.Contains($" {expected[month - 1]} 2027", mail.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Language.Fr, "lundi mardi mercredi jeudi vendredi samedi dimanche")]
    [InlineData(Language.De, "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag")]
    [InlineData(Language.It, "lunedì martedì mercoledì giovedì venerdì sabato domenica")]
    [InlineData(Language.En, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")]
    public void Every_weekday_has_its_name_in_every_language(Language language, string weekdays)
    {
        var monday = MailCases.Utc("2027-03-08T11:00:00Z");

        var mails = Enumerable.Range(0, 7).Select(day =>
            MailTexts.Render(MailTemplate.PasswordReset, language, MailCases.Facts with { ResetBefore = monday.AddDays(day) }));

        Assert.All(mails.Zip(weekdays.Split(' ')), pair => Assert.Contains($" {pair.Second}", pair.First.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_date_of_a_leap_year_agrees_with_the_calendar()
    {
        for (var day = new DateTime(2028, 1, 1, 12, 0, 0, DateTimeKind.Utc); day.Year == 2028; day = day.AddDays(1))
        {
            var mail = MailTexts.Render(MailTemplate.PasswordReset, Language.En, MailCases.Facts with { ResetBefore = day });

            Assert.Contains(day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture), mail.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2027-02-20T23:00:00Z", "Saturday 20 February 2027")]
    [InlineData("2026-12-31T23:00:00Z", "Thursday 31 December 2026")]
    [InlineData("2028-02-29T23:00:00Z", "Tuesday 29 February 2028")]
    [InlineData("2027-03-27T23:00:00Z", "Saturday 27 March 2027")]
    [InlineData("2027-03-28T22:00:00Z", "Sunday 28 March 2027")]
    [InlineData("2027-10-30T22:00:00Z", "Saturday 30 October 2027")]
    [InlineData("2027-10-31T23:00:00Z", "Sunday 31 October 2027")]
    public void The_last_day_is_the_one_that_the_midnight_ends(string accessUntil, string lastDay)
    {
        var facts = MailCases.Facts with { AccessUntil = MailCases.Utc(accessUntil) };

        var mail = MailTexts.Render(MailTemplate.AccountClosed, Language.En, facts);

        Assert.Contains($"ended on {lastDay}, 23:59 (Swiss time).", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2028-02-20T23:00:00Z", "Sonntag, 20. Februar 2028")]
    [InlineData("2028-02-29T23:00:00Z", "Dienstag, 29. Februar 2028")]
    [InlineData("2028-02-20T10:00:00Z", "Sonntag, 20. Februar 2028")]
    public void The_day_of_deletion_is_never_after_the_deadline(string deletedAtLatest, string day)
    {
        var facts = MailCases.Facts with { DeletedAtLatest = MailCases.Utc(deletedAtLatest) };

        var mail = MailTexts.Render(MailTemplate.AccountClosed, Language.De, facts);

        Assert.Contains($"spätestens am {day}, gelöscht", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-28T00:59:59Z", "dimanche 28 mars 2027 à 1_h_59 (heure suisse)")]
    [InlineData("2027-03-28T01:00:00Z", "dimanche 28 mars 2027 à 3_h_00 (heure suisse)")]
    [InlineData("2027-10-31T00:30:00Z", "dimanche 31 octobre 2027 à 2_h_30 (heure d’été suisse)")]
    [InlineData("2027-10-31T01:30:00Z", "dimanche 31 octobre 2027 à 2_h_30 (heure d’hiver suisse)")]
    [InlineData("2027-10-31T02:00:00Z", "dimanche 31 octobre 2027 à 3_h_00 (heure suisse)")]
    [InlineData("2026-12-31T23:00:00Z", "vendredi 1er janvier 2027 à 0_h_00 (heure suisse)")]
    public void The_end_of_a_link_is_unmistakable_when_the_clocks_change(string activateBefore, string expected)
    {
        var facts = MailCases.Facts with { ActivateBefore = MailCases.Utc(activateBefore) };

        var mail = MailTexts.Render(MailTemplate.Activation, Language.Fr, facts);

        Assert.Contains($"valable jusqu’au {expected.Replace('_', '\u00A0')}.", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.De, "14.05 Uhr (Schweizer Zeit)")]
    [InlineData(Language.It, "ore 14:05 (ora svizzera)")]
    [InlineData(Language.En, "14:05 (Swiss time)")]
    [InlineData(Language.Fr, "14\u00A0h\u00A005 (heure suisse)")]
    public void A_time_is_given_to_the_minute_and_never_too_late(Language language, string expected)
    {
        var facts = MailCases.Facts with { ActivateBefore = MailCases.Utc("2026-11-23T13:05:59.999Z") };

        var mail = MailTexts.Render(MailTemplate.Activation, language, facts);

        Assert.Contains(expected, mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-02-20T23:00:00Z", "2027-02-06T12:00:00Z", "in 14 days")]
    [InlineData("2027-02-20T23:00:00Z", "2027-02-17T22:59:59Z", "in 3 days")]
    [InlineData("2027-02-20T23:00:00Z", "2027-02-17T23:00:00Z", "in 2 days")]
    [InlineData("2027-02-20T23:00:00Z", "2027-02-19T22:59:59Z", "tomorrow")]
    [InlineData("2027-02-20T23:00:00Z", "2027-02-19T23:00:00Z", "tonight")]
    [InlineData("2027-02-20T23:00:00Z", "2027-02-20T22:59:59Z", "tonight")]
    [InlineData("2027-03-29T22:00:00Z", "2027-03-27T22:30:00Z", "in 2 days")]
    [InlineData("2027-03-29T22:00:00Z", "2027-03-27T23:30:00Z", "tomorrow")]
    [InlineData("2027-10-31T23:00:00Z", "2027-10-30T21:59:59Z", "tomorrow")]
    [InlineData("2027-10-31T23:00:00Z", "2027-10-30T22:00:00Z", "tonight")]
    public void A_reminder_counts_whole_calendar_days_in_Zurich(string accessUntil, string now, string expected)
    {
        var facts = MailCases.Facts with { AccessUntil = MailCases.Utc(accessUntil), Now = MailCases.Utc(now) };

        var mail = MailTexts.Render(MailTemplate.ExpiryReminder, Language.En, facts);

        Assert.Equal($"Your access ends {expected} – Formation en ligne", mail.Subject);
        Assert.Contains($"ends {expected}, ", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.Fr, "ce soir, samedi 20", "demain, samedi 20", "dans 2 jours, le samedi 20")]
    [InlineData(Language.De, "heute Abend, Samstag", "morgen, Samstag", "in 2 Tagen, am Samstag")]
    [InlineData(Language.It, "questa sera, sabato 20", "domani, sabato 20", "tra 2 giorni, sabato 20")]
    [InlineData(Language.En, "tonight, Saturday 20", "tomorrow, Saturday 20", "in 2 days, on Saturday 20")]
    public void The_last_days_have_their_own_words(Language language, string today, string tomorrow, string inTwoDays)
    {
        string[] expected = [today, tomorrow, inTwoDays];

        for (var days = 0; days < 3; days++)
        {
            var facts = MailCases.Facts with { Now = MailCases.Utc("2027-02-20T08:00:00Z").AddDays(-days) };

            var mail = MailTexts.Render(MailTemplate.ExpiryReminder, language, facts);

            Assert.Contains(expected[days], mail.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(ThreeDaysBefore))]
    public void A_reminder_gives_the_exact_last_minute(Language language, string expected)
    {
        var mail = MailTexts.Render(MailTemplate.ExpiryReminder, language, MailCases.Facts);

        Assert.Contains(expected + ".", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_reminder_after_the_end()
    {
        var late = MailCases.Facts with { Now = MailCases.Utc("2027-02-20T23:00:00Z") };

        Assert.Throws<ArgumentException>(() => MailTexts.Render(MailTemplate.ExpiryReminder, Language.Fr, late));
    }
}
