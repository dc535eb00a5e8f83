using System.Security.Cryptography;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Security;

namespace VoucherFunctions.Accounts;

/// <summary>Seals a person's name and address under the account's key, and opens them.</summary>
public static class PersonSeals
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

    /// <summary>
    /// The same person under a key that was never used: with the one before goes everything else that was sealed. Null when nothing can be opened any more.
    /// </summary>
    public static Registration? UnderNewKey(Registration registration, AccountCipher cipher)
    {
        if (TryOpen(registration, cipher) is not { } person)
        {
            return null;
        }
        var key = cipher.NewWrappedKey(registration.AccountId);
        return registration with
        {
            WrappedKey = key,
            SealedName = Seal(person.Name, key, registration.AccountId, cipher),
            SealedEmail = Seal(person.Email, key, registration.AccountId, cipher),
        };
    }

    /// <summary>Null when the key or what it sealed is not as it was: what must happen all the same then happens without a name.</summary>
    public static Person? TryOpen(Registration registration, AccountCipher cipher)
    {
        try
        {
            return Open(registration, cipher);
        }
        catch (Exception damage) when (damage is CryptographicException or InvalidDataException)
        {
            return null;
        }
    }

    public static byte[] Seal(PersonName name, byte[] wrappedKey, string accountId, AccountCipher cipher) =>
        cipher.SealText(wrappedKey, accountId, NameField, name.Value);

    public static byte[] Seal(EmailAddress email, byte[] wrappedKey, string accountId, AccountCipher cipher) =>
        cipher.SealText(wrappedKey, accountId, EmailField, email.Value);
}
