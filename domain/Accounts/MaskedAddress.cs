using System.Globalization;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// An address that its owner recognises and nobody else learns: <c>m•••@example.ch</c>. The number of dots is always the same, so that it does not tell the length.
/// </summary>
public static class MaskedAddress
{
    private const string Hidden = "•••";

    public static string Of(EmailAddress email) => Of(email.Value);

    /// <summary>The first character as a person counts them, and the domain as it is. Of a text without a name or a domain nothing is shown.</summary>
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1
            ? $"{StringInfo.GetNextTextElement(address)}{Hidden}{address[at..]}"
            : Hidden;
    }
}
