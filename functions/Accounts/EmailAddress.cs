using System.Diagnostics.CodeAnalysis;
using System.Text;
using MimeKit;

namespace VoucherFunctions.Accounts;

/// <summary>
/// One mailbox address, 3–254 characters, without display name, comments, quotes or hidden characters.
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
    /// What decides whether two addresses are one person's: NFKC and lower case. Dots and +tags are left alone, since
    /// only the mailbox's own server knows what they mean.
    /// </summary>
    public string Normalised { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? email)
    {
        email = null;
        var trimmed = text?.Trim();
        if (trimmed is null or { Length: < 3 or > MaxLength }
            || HiddenCharacters.AreIn(trimmed)
            || trimmed.Any(c => char.IsSurrogate(c) || char.IsWhiteSpace(c) || "<>()[],;:\\\"".Contains(c, StringComparison.Ordinal))
            || !MailboxAddress.TryParse(Strict, trimmed, out var mailbox)
            || mailbox.Address != trimmed)
        {
            return false;
        }
        var at = trimmed.LastIndexOf('@');
        var domain = trimmed[(at + 1)..];
        if (at is < 1 or > 64 || !IsDomain(domain))
        {
            return false;
        }
        email = new EmailAddress(trimmed, trimmed.Normalize(NormalizationForm.FormKC).ToLowerInvariant());
        return true;
    }

    /// <summary>At least two labels of letters, digits and inner hyphens; internationalised names are allowed.</summary>
    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2
            && labels.All(label => label.Length is >= 1 and <= 63
                && label[0] != '-' && label[^1] != '-'
                && label.All(c => char.IsLetterOrDigit(c) || c == '-'))
            && labels[^1].Any(char.IsLetter);
    }

    /// <summary>Never the address: it must not reach a log by accident.</summary>
    public override string ToString() => "(e-mail address)";
}
