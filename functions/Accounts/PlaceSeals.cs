using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;

namespace VoucherFunctions.Accounts;

/// <summary>Seals the page of the training that was opened last under the account's key, and opens it.</summary>
public static class PlaceSeals
{
    private const string Field = "place";

    /// <summary>Null before the first page.</summary>
    public static string? Open(Voucher voucher, AccountCipher cipher) => voucher is { Account.EncryptedLastPage: { } place, Registration: { } registration }
        ? cipher.OpenText(registration.WrappedKey, registration.AccountId, Field, place)
        : null;

    public static byte[] Seal(string place, Registration registration, AccountCipher cipher) =>
        cipher.SealText(registration.WrappedKey, registration.AccountId, Field, place);
}
