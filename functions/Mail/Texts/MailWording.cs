using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;

namespace VoucherFunctions.Mail.Texts;

/// <summary>
/// One language. Plurals are written out: the app runs without culture data.
/// No-break spaces are written \u00A0, so that they can be seen.
/// </summary>
internal abstract class MailWording(Language language)
{
    /// <summary>The same word in all languages, so that one rule in a mailbox finds them all.</summary>
    private const string TestPrefix = "[Test] ";

    /// <summary>BCP 47.</summary>
    public abstract string LanguageTag { get; }

    protected abstract string Closing { get; }

    protected abstract string TestNote { get; }

    protected SwissDates Dates { get; } = SwissDates.In(language);

    public MailMessage Write(MailTemplate template, MailDetails mail)
    {
        var message = template switch
        {
            MailTemplate.Activation => Activation(mail),
            MailTemplate.AddressCorrected => AddressCorrected(mail),
            MailTemplate.AlreadyHasAccount => AlreadyHasAccount(mail),
            MailTemplate.PasswordReset => PasswordReset(mail),
            MailTemplate.PasswordChanged => PasswordChanged(mail),
            MailTemplate.ExpiryReminder => ExpiryReminder(mail),
            MailTemplate.AccountClosed => AccountClosed(mail),
            MailTemplate.ResetAfterEnd => ResetAfterEnd(mail),
            MailTemplate.DataDeleted => DataDeleted(mail),
            _ => throw new ArgumentOutOfRangeException(nameof(template)),
        };

        return message with
        {
            Subject = $"{(mail.IsTest ? TestPrefix : "")}{message.Subject} – {mail.Service}",
            Blocks =
            [
                new Paragraph(Greeting(mail.Name)),
                .. mail.IsTest ? [new Paragraph(TestNote)] : Array.Empty<MailBlock>(),
                .. message.Blocks,
                new Signature(Closing, mail.Service, mail.HomeLink),
            ],
        };
    }

    protected abstract string Greeting(string? name);

    protected abstract MailMessage Activation(MailDetails mail);

    protected abstract MailMessage AddressCorrected(MailDetails mail);

    protected abstract MailMessage AlreadyHasAccount(MailDetails mail);

    protected abstract MailMessage PasswordReset(MailDetails mail);

    protected abstract MailMessage PasswordChanged(MailDetails mail);

    protected abstract MailMessage ExpiryReminder(MailDetails mail);

    protected abstract MailMessage AccountClosed(MailDetails mail);

    protected abstract MailMessage ResetAfterEnd(MailDetails mail);

    protected abstract MailMessage DataDeleted(MailDetails mail);
}
