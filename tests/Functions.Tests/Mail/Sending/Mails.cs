using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail;
using VoucherFunctions.Mail.Texts;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>Mails and addresses to send.</summary>
internal static class Mails
{
    public static EmailAddress Sender { get; } = Address("noreply@voucher.example.ch");

    public static EmailAddress Address(string text) =>
        EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException("Not an address.", nameof(text));

    public static OutgoingMail To(string address, string name = "Zoë Müller-Żak") => new(
        Guid.NewGuid(), address, MailTexts.Render(MailTemplate.Activation, Language.Fr, MailCases.Facts with { Name = name }));
}
