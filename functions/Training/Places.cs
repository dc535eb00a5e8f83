using VoucherFunctions.Accounts;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Training;

/// <summary>
/// Where the person was last in the training, sealed with the account's key. Noted when a page is opened that is another than the last one; a note that is lost to
/// somebody else's change of the account is not worth a second try.
/// </summary>
public sealed class Places(VoucherTransaction transaction, AccountCipher cipher)
{
    private const string Field = "place";

    public string? LastOf(Voucher voucher) => voucher is { Account.SealedPlace: { } place, Registration: { } registration }
        ? cipher.OpenText(registration.WrappedKey, registration.AccountId, Field, place)
        : null;

    public async Task NoteAsync(SignedIn person, TrainingPath place, CancellationToken cancellation)
    {
        var voucher = person.Voucher;
        if (LastOf(voucher) == place.Value)
        {
            return;
        }
        var registration = voucher.Registration!;
        var placed = voucher with
        {
            Account = voucher.Account! with { SealedPlace = cipher.SealText(registration.WrappedKey, registration.AccountId, Field, place.Value) },
        };
        await transaction.TryCommitAsync(person.Read, new VoucherChange(placed), cancellation);
    }
}
