using VoucherFunctions.Registrations;
using VoucherFunctions.Security;

namespace VoucherFunctions.Accounts;

/// <summary>Who a registration is of, in clear: only in memory, only while it is needed.</summary>
public sealed record Person(PersonName Name, EmailAddress Email)
{
    private const string NameField = "name";
    private const string EmailField = "email";

    public static Person Open(Registration registration, AccountCipher cipher)
    {
        var name = cipher.OpenText(registration.WrappedKey, registration.AccountId, NameField, registration.SealedName);
        var email = cipher.OpenText(registration.WrappedKey, registration.AccountId, EmailField, registration.SealedEmail);
        return PersonName.TryParse(name, out var personName) && EmailAddress.TryParse(email, out var address)
            ? new Person(personName, address)
            : throw new InvalidDataException("A stored name or address no longer parses.");
    }

    public static byte[] Seal(PersonName name, byte[] wrappedKey, string accountId, AccountCipher cipher) =>
        cipher.SealText(wrappedKey, accountId, NameField, name.Value);

    public static byte[] Seal(EmailAddress email, byte[] wrappedKey, string accountId, AccountCipher cipher) =>
        cipher.SealText(wrappedKey, accountId, EmailField, email.Value);
}
