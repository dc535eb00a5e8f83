using VoucherFunctions.Domain;
using Xunit;

namespace VoucherFunctions.Tests.Mail;

public sealed class MailTypographyTests
{
    private const string PlainSpace = "[ \t]";

    [Theory]
    [InlineData(Language.Fr)]
    [InlineData(Language.De)]
    [InlineData(Language.It)]
    [InlineData(Language.En)]
    public void No_mail_has_typewriter_marks(Language language)
    {
        Assert.All(MailCases.EveryMailIn(language), mail =>
            Assert.DoesNotMatch(@"(?m)['""`´]|\.\.\.|[ \u00A0]{2}|[ \u00A0]$|^[ \u00A0]| - |--|[,.]{2}|ß| [.,]", MailCases.Prose(mail)));
    }

    [Theory]
    [InlineData(Language.Fr)]
    [InlineData(Language.De)]
    [InlineData(Language.It)]
    [InlineData(Language.En)]
    public void Every_paragraph_begins_with_a_capital_and_ends_a_sentence(Language language)
    {
        Assert.All(MailCases.EveryMailIn(language), mail =>
            Assert.All(mail.Text.TrimEnd().Split("\n\n")[1..], paragraph =>
                Assert.Matches(paragraph.Contains("://", StringComparison.Ordinal) ? @"^\p{Lu}[^.]*\n" : @"^\p{Lu}[^\n]*\.$", paragraph)));
    }

    [Fact]
    public void French_has_a_no_break_space_before_double_marks_and_inside_quotes()
    {
        Assert.All(MailCases.EveryMailIn(Language.Fr).Select(MailCases.Prose), prose =>
        {
            Assert.DoesNotMatch(@"[^\u00A0][:;!?»]|«[^\u00A0]|[“”„]", prose);
            Assert.DoesNotMatch($@"\d{PlainSpace}h|h{PlainSpace}\d", prose);
        });
        Assert.Contains(MailCases.EveryMailIn(Language.Fr), mail => mail.Text.Contains("\u00A0?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Language.De)]
    [InlineData(Language.It)]
    public void German_and_Italian_have_quotes_without_spaces(Language language)
    {
        Assert.All(MailCases.EveryMailIn(language).Select(MailCases.Prose), prose =>
            Assert.DoesNotMatch(@"\s[:;!?»]|«\s|[“”„]|\u00A0", prose));
        Assert.Contains(MailCases.EveryMailIn(language), mail => mail.Text.Contains("«Formation en ligne»", StringComparison.Ordinal));
    }

    [Fact]
    public void English_has_curly_quotes_and_no_space_before_marks()
    {
        Assert.All(MailCases.EveryMailIn(Language.En).Select(MailCases.Prose), prose =>
            Assert.DoesNotMatch(@"\s[:;!?”]|“\s|[«»„]|\u00A0", prose));
        Assert.Contains(MailCases.EveryMailIn(Language.En), mail => mail.Text.Contains("“Formation en ligne”", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Language.Fr, @"\b([Tt]u|[Tt]oi|[Tt]on|[Tt]a|[Tt]es)\b|·|\(e\)")]
    [InlineData(Language.De, @"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\w*|ihr|ihre\w*|sie)\b")]
    [InlineData(Language.It, @"\b([Tt]u|[Tt]i|[Tt]uo|[Tt]ua|suo|sua|suoi|lei)\b|/[ao]\b")]
    [InlineData(Language.En, @"\b(he|she|his|her|him)\b")]
    public void Every_mail_is_polite_and_knows_no_gender(Language language, string wrong)
    {
        Assert.All(MailCases.EveryMailIn(language), mail => Assert.DoesNotMatch(wrong, MailCases.Prose(mail)));
    }

    [Theory]
    [InlineData(Language.Fr)]
    [InlineData(Language.De)]
    [InlineData(Language.It)]
    [InlineData(Language.En)]
    public void Sentences_are_short(Language language)
    {
        var sentences = MailCases.EveryMailIn(language).SelectMany(m => MailCases.Prose(m).Split(["\n", ". ", "? ", "?\u00A0", ": "], StringSplitOptions.None));

        Assert.All(sentences, sentence => Assert.InRange(sentence.Split(' ').Length, 0, 25));
    }
}
