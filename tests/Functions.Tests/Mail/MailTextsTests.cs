using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail.Texts;
using Xunit;

namespace VoucherFunctions.Tests.Mail;

public sealed class MailTextsTests
{
    public static TheoryData<MailTemplate, Language> TemplatesInEveryLanguage => MailCases.TemplatesInEveryLanguage;

    [Fact]
    public void The_activation_mail_says_what_to_do_until_when_and_what_if_it_was_not_you()
    {
        var mail = MailTexts.Render(MailTemplate.Activation, Language.Fr, MailCases.Facts);

        Assert.Equal("Activez votre compte – Formation en ligne", mail.Subject);
        Assert.Equal(
            """
            Bonjour Anna Keller,

            Vous avez saisi un bon pour «_Formation en ligne_». Il reste une étape_: cliquez sur le lien et choisissez votre mot de passe.

            Choisir mon mot de passe
            https://bons.example.ch/activate?lang=fr#token=AbC*-123

            Ce lien est valable jusqu’au lundi 23 novembre 2026 à 14_h_05 (heure suisse). Après, il faut saisir de nouveau le bon sur notre site.

            Votre accès est ouvert jusqu’au samedi 20 février 2027 à 23_h_59 (heure suisse).

            Vous n’avez rien demandé_? Ignorez ce message. Si aucun mot de passe n’est choisi, les données saisies sont effacées automatiquement dès que le lien n’est plus valable.

            Avec nos meilleures salutations
            Formation en ligne
            https://bons.example.ch/?lang=fr

            """.Replace('_', '\u00A0').Replace('*', '_').ReplaceLineEndings("\n"),
            mail.Text);
    }

    [Theory]
    [MemberData(nameof(TemplatesInEveryLanguage))]
    public void Text_and_html_carry_the_same_sentences(MailTemplate template, Language language)
    {
        var mail = MailTexts.Render(template, language, MailCases.Facts with { Name = "Zoë O'Brien & <Co>", IsTest = true });

        Assert.Equal(MailCases.Lines(mail.Text), MailCases.VisibleLines(mail.Html));
    }

    [Theory]
    [MemberData(nameof(TemplatesInEveryLanguage))]
    public void Nothing_is_left_to_fill_in(MailTemplate template, Language language)
    {
        var mail = MailTexts.Render(template, language, MailCases.Facts);

        Assert.DoesNotMatch(@"[{}\\]|\bnull\b|NodaTime|0001|VoucherFunctions", mail.Subject + mail.Text + mail.Html);
        Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TemplatesInEveryLanguage))]
    public void Every_mail_speaks_the_language_that_was_asked_for(MailTemplate template, Language language)
    {
        var (tag, service) = language switch
        {
            Language.Fr => ("fr-CH", "«\u00A0Formation en ligne\u00A0»|votre"),
            Language.De => ("de-CH", "«Formation en ligne»|Ihr"),
            Language.It => ("it-CH", "«Formation en ligne»|Suo"),
            _ => ("en-GB", "“Formation en ligne”|your"),
        };

        var mail = MailTexts.Render(template, language, MailCases.Facts);

        Assert.Contains($"<html lang=\"{tag}\">", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"<div lang=\"{tag}\"", mail.Html, StringComparison.Ordinal);
        Assert.Matches(service, mail.Text);
    }

    [Fact]
    public void No_two_mails_have_the_same_subject_or_body()
    {
        var mails = MailCases.TemplatesInEveryLanguage.Select(row => MailTexts.Render(row.Data.Item1, row.Data.Item2, MailCases.Facts)).ToList();

        Assert.Equal(36, mails.DistinctBy(m => m.Subject).Count());
        Assert.Equal(36, mails.DistinctBy(m => m.Text).Count());
    }

    [Theory]
    [InlineData(MailTemplate.Activation, "/activate?lang=it#token=AbC_-123")]
    [InlineData(MailTemplate.AddressCorrected, "/activate?lang=it#token=AbC_-123")]
    [InlineData(MailTemplate.AlreadyHasAccount, "/login?lang=it")]
    [InlineData(MailTemplate.PasswordReset, "/reset?lang=it#token=AbC_-123")]
    [InlineData(MailTemplate.PasswordChanged, "/forgot?lang=it")]
    [InlineData(MailTemplate.ExpiryReminder, "/documents?lang=it")]
    [InlineData(MailTemplate.AccountClosed, null)]
    [InlineData(MailTemplate.ResetAfterEnd, null)]
    [InlineData(MailTemplate.DataDeleted, null)]
    public void A_mail_has_one_thing_to_click_and_its_address_on_a_line_of_its_own(MailTemplate template, string? path)
    {
        const string Site = "https://bons.example.ch";

        var mail = MailTexts.Render(template, Language.It, MailCases.Facts);

        string[] expected = path is null ? [Site + "/?lang=it"] : [Site + path, Site + "/?lang=it"];
        Assert.Equal(expected, MailCases.Addresses(mail.Text));
        Assert.Equal(expected, MailCases.Links(mail.Html).Distinct());
        Assert.Equal(path is null ? 0 : 1, mail.Html.Split("background-color:").Length - 1);
    }

    [Theory]
    [MemberData(nameof(TemplatesInEveryLanguage))]
    public void A_mail_loads_nothing_and_follows_nobody(MailTemplate template, Language language)
    {
        var mail = MailTexts.Render(template, language, MailCases.Facts);

        Assert.DoesNotMatch(@"<(img|script|style|link|iframe|table|form|object|svg)\b|\ssrc=|url\(|@import|http://", mail.Html);
    }

    [Theory]
    [MemberData(nameof(TemplatesInEveryLanguage))]
    public void A_mail_about_a_test_voucher_says_so_in_the_subject_and_in_a_line(MailTemplate template, Language language)
    {
        var real = MailTexts.Render(template, language, MailCases.Facts);

        var test = MailTexts.Render(template, language, MailCases.Facts with { IsTest = true });

        Assert.Equal("[Test] " + real.Subject, test.Subject);
        var added = Assert.Single(MailCases.Lines(test.Text).Except(MailCases.Lines(real.Text)));
        Assert.Matches(@"\b[Tt]est\b", added);
        Assert.DoesNotMatch(@"\b[Tt]est\b", real.Text);
    }

    [Fact]
    public void A_second_voucher_mail_leaves_out_the_end_when_it_is_not_given()
    {
        var mail = MailTexts.Render(MailTemplate.AlreadyHasAccount, Language.En, MailCases.Facts with { AccessUntil = null });

        Assert.DoesNotContain("That account runs until", mail.Text, StringComparison.Ordinal);
        Assert.Contains("But this address already has an account.\n", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailTemplate.Activation, "ActivateBefore")]
    [InlineData(MailTemplate.PasswordReset, "ResetBefore")]
    [InlineData(MailTemplate.PasswordChanged, "Now")]
    [InlineData(MailTemplate.AccountClosed, "AccessUntil")]
    [InlineData(MailTemplate.ResetAfterEnd, "AccessUntil")]
    public void A_missing_fact_is_named_instead_of_sending_half_a_mail(MailTemplate template, string fact)
    {
        var bare = new MailFacts { ServiceName = "S", SiteOrigin = MailCases.Facts.SiteOrigin, Name = "N", Token = "t" };

        var refusal = Assert.Throws<ArgumentException>(() => MailTexts.Render(template, Language.De, bare));

        Assert.Contains(fact, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("secret token")]
    [InlineData("secret\r\nBcc: x")]
    [InlineData("secret\"><b>")]
    [InlineData("secretö")]
    public void A_token_that_is_not_base64url_is_refused_and_not_repeated(string? token)
    {
        var refusal = Assert.Throws<ArgumentException>(() =>
            MailTexts.Render(MailTemplate.Activation, Language.De, MailCases.Facts with { Token = token }));

        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }
}
