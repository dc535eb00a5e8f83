using VoucherFunctions.Accounts;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Mail;

/// <summary>The last mail to somebody who had everything erased: kept in memory only.</summary>
public sealed record AccountDeletedMail(Guid Id, string AccountId, Person Person, Language Language, DateTimeOffset CreatedAt) : Posted
{
    public bool IsTest { get; init; }

    /// <summary>Null when the address cannot be decrypted. That is no reason to keep the data.</summary>
    public static AccountDeletedMail? Of(Voucher voucher, AccountCipher cipher, DateTimeOffset now) => PersonSeals.TryOpen(voucher.Registration!, cipher) is { } person
        ? new AccountDeletedMail(Guid.NewGuid(), voucher.Registration!.AccountId, person, voucher.Registration.Language, now) { IsTest = voucher.IsTest }
        : null;
}
