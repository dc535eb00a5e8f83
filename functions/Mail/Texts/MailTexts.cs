using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;

namespace VoucherFunctions.Mail.Texts;

/// <summary>Turns facts into a mail in the person's language. Pure: the same facts give the same mail.</summary>
public static class MailTexts
{
    private static readonly FrenchWording French = new();
    private static readonly GermanWording German = new();
    private static readonly ItalianWording Italian = new();
    private static readonly EnglishWording English = new();

    /// <exception cref="ArgumentException">A fact that the template needs is missing, or a reminder is asked for after the end.</exception>
    public static MailContent Render(MailTemplate template, Language language, MailFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);

        var wording = WordingOf(language);
        var message = wording.Write(template, new MailDetails(language, facts));

        return new MailContent(message.Subject, TextPart.Of(message), HtmlPart.Of(message, wording.LanguageTag));
    }

    private static MailWording WordingOf(Language language) => language switch
    {
        Language.Fr => French,
        Language.De => German,
        Language.It => Italian,
        Language.En => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language)),
    };
}
