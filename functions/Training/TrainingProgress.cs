using VoucherFunctions.Accounts;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Training;

/// <summary>
/// Where the person was last in the training, sealed with the account's key. Noted when a page is opened that is another than the last one; a note that is lost to
/// somebody else's change of the account is not worth a second try.
/// </summary>
public sealed class TrainingProgress(VoucherTransaction transaction, AccountCipher cipher)
{
    public async Task NoteAsync(SignedIn person, TrainingPath place, CancellationToken cancellation)
    {
        var voucher = person.Voucher;
        if (PlaceSeals.Open(voucher, cipher) == place.Value)
        {
            return;
        }
        var placed = voucher with
        {
            Account = voucher.Account! with { EncryptedLastPage = PlaceSeals.Seal(place.Value, voucher.Registration!, cipher) },
        };
        await transaction.TryCommitAsync(person.Read, new VoucherChange(placed), cancellation);
    }
}
