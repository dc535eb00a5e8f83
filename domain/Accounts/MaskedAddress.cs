using System.Globalization;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// An address that its owner recognises and that nobody else can read: <c>m•••@example.ch</c>. The number of dots is constant, so the length stays hidden.
/// </summary>
public static class MaskedAddress
{
    private const string Hidden = "•••";

    public static string Of(EmailAddress email) => Of(email.Value);

    /// <summary>Shows the first character, as a person counts characters, and the domain. A text without a local part or a domain is hidden whole.</summary>
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1
            ? $"{StringInfo.GetNextTextElement(address)}{Hidden}{address[at..]}"
            : Hidden;
    }
}
