using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// One mailbox address, 3–254 ASCII characters (internationalised domains as xn--…), without display name, comments, quotes or control characters.
/// </summary>
public sealed record EmailAddress
{
    private const int MaxLength = 254;
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowUnquotedCommasInAddresses = false,
        AllowAddressesWithoutDomain = false,
    };

    private EmailAddress(string value, string normalised)
    {
        Value = value;
        Normalised = normalised;
    }

    /// <summary>As typed, trimmed.</summary>
    public string Value { get; }

    /// <summary>
    /// What decides whether two addresses are one person's: lower case. Dots and +tags are left alone, since
    /// only the mailbox's own server knows what they mean.
    /// </summary>
    public string Normalised { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? email)
    {
        email = null;
        var trimmed = text?.Trim();
        if (trimmed is null or { Length: < 3 or > MaxLength }
            || trimmed.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' ' || "<>()[],;:\\\"".Contains(c, StringComparison.Ordinal))
            || !IsMailbox(trimmed.ToLowerInvariant()))
        {
            return false;
        }
        var at = trimmed.LastIndexOf('@');
        var domain = trimmed[(at + 1)..];
        if (at is < 1 or > 64 || !IsDomain(domain))
        {
            return false;
        }
        email = new EmailAddress(trimmed, trimmed.ToLowerInvariant());
        return true;
    }

    /// <summary>The whole text is one mailbox. Its reader makes letters of <c>xn--…</c>; they are made ASCII again before the two are compared.</summary>
    private static bool IsMailbox(string text) => MailboxAddress.TryParse(Strict, text, out var mailbox) && mailbox.GetAddress(idnEncode: true) == text;

    /// <summary>At least two labels of letters, digits and inner hyphens.</summary>
    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2
            && labels.All(label => label.Length is >= 1 and <= 63
                && label[0] != '-' && label[^1] != '-'
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            && labels[^1].Any(char.IsAsciiLetter);
    }

    /// <summary>Never the address: it must not reach a log by accident.</summary>
    public override string ToString() => "(e-mail address)";
}
