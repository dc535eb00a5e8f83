using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Settings;

/// <summary>Who carries the mail: Azure Communication Services (by managed identity, or a connection string) or an SMTP server.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";
    private const int MostMails = 1_000_000;

    /// <summary>https endpoint of Azure Communication Services, used with the managed identity.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Connection string of Azure Communication Services.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>smtp://host:port, or smtps://user:password@host:port.</summary>
    public string Smtp { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string Sender { get; set; } = "";

    /// <summary>Where answers go, if somebody reads them. Sheets name it as the contact for help.</summary>
    public string ReplyTo { get; set; } = "";

    /// <summary>
    /// Outside production: only these recipients (addresses, or @domains, comma-separated) get mail; for others it is dropped with a line in the log. Empty: everybody.
    /// </summary>
    public string AllowedRecipients { get; set; } = "";

    /// <summary>How many mails the service takes a minute; 0: not known.</summary>
    [Range(0, MostMails, ErrorMessage = "Mail__PerMinute is not a number of mails from 0 to 1000000")]
    public int PerMinute { get; set; }

    /// <summary>How many mails the service takes an hour; 0: not known.</summary>
    [Range(0, MostMails, ErrorMessage = "Mail__PerHour is not a number of mails from 0 to 1000000")]
    public int PerHour { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string[] ways = [Endpoint, ConnectionString, Smtp];
        if (ways.Count(way => way.Length > 0) != 1)
        {
            yield return new ValidationResult("give one of Mail__Endpoint, Mail__ConnectionString and Mail__Smtp");
        }
        if (!EmailAddress.TryParse(Sender, out _))
        {
            yield return new ValidationResult("Mail__Sender is not an e-mail address");
        }
        if (ReplyTo.Length > 0 && !EmailAddress.TryParse(ReplyTo, out _))
        {
            yield return new ValidationResult("Mail__ReplyTo is not an e-mail address");
        }
        if (Endpoint.Length > 0 && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps))
        {
            yield return new ValidationResult("Mail__Endpoint is not an https address");
        }
        if (ConnectionString.Length > 0 && !AcsConnectionString.TryParse(ConnectionString, out _, out _))
        {
            yield return new ValidationResult("Mail__ConnectionString is not like endpoint=https://…/;accesskey=…");
        }
        if (Smtp.Length > 0 && !(Uri.TryCreate(Smtp, UriKind.Absolute, out var smtp) && smtp.Scheme is "smtp" or "smtps"))
        {
            yield return new ValidationResult("Mail__Smtp is not like smtp://host:port");
        }
    }
}

[OptionsValidator]
public sealed partial class ValidateMailOptions : IValidateOptions<MailOptions>;
