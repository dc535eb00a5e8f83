using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Mail;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>
/// Deletes an account so that nothing is left: state → Deleting, documents, claim, rows, later due rows, the state itself, and last the due row that
/// brought it here (docs/rules.md#r11). Every step may be repeated, from any
/// point at which an earlier run died.
/// </summary>
public sealed partial class Deletion(
    VoucherTable vouchers,
    VoucherTransaction transaction,
    AddressClaims claims,
    DocumentBlobs blobs,
    DueTable due,
    ErasureLedger erasures,
    DeletionReceipts receipts,
    MailDispatcher mails,
    AccountCipher cipher,
    NewMailId newMailId,
    ILogger<Deletion> logger)
{
    /// <summary>
    /// The person's own wish. The farewell mail goes at the end, and is not stored: a process that dies on the way says no farewell. False when the password was
    /// changed since it was verified.
    /// </summary>
    public async Task<bool> EraseNowAsync(VoucherSnapshot read, DateTimeOffset now, CancellationToken cancellation)
    {
        var verifiedHash = read.Voucher.Account!.PasswordHash;
        var farewell = AccountDeletedMail.Of(read.Voucher, cipher, now);
        var snapshot = read;
        for (var retry = new OptimisticRetry(); snapshot?.Voucher.Account?.PasswordHash == verifiedHash; retry.CountConflict())
        {
            if (await transaction.TryCommitAsync(snapshot, DeletionRules.EraseNow(snapshot.Voucher, now), cancellation) is { } wiped)
            {
                var accountId = wiped.Voucher.Registration!.AccountId;
                try
                {
                    await FinishAsync(wiped, AccountDue.Deletion(wiped.Voucher.Id, accountId, now, now), now, cancellation);
                }
                finally
                {
                    // Nothing can be read any more, and what could not be removed the timer removes, which knows nobody to tell.
                    Say(farewell);
                }
                await receipts.TryWriteAsync(cancellation);
                return true;
            }
            snapshot = await vouchers.FindAsync(read.Voucher.Id, Reading.State, cancellation);
        }
        return snapshot?.Voucher.Account is null;
    }

    /// <summary>The timer's part: begins or goes on with what is due. True when the due row is no longer needed.</summary>
    public async Task<bool> RunAsync(DueItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var snapshot = await vouchers.FindAsync(item.Voucher, Reading.State, cancellation);
        if (snapshot is null)
        {
            return true;
        }
        if (snapshot.Voucher.Status != StoredStatus.Deleting)
        {
            if (DeletionRules.Begin(snapshot.Voucher, old => PersonSeals.UnderNewKey(old, cipher), newMailId(), now) is not { } begin)
            {
                return item.IsOldOrphan(now) && now >= item.At;
            }
            // Too late for a mail in the outbox: it goes as after an erasure.
            var farewell = begin.SendMails.IsEmpty ? AccountDeletedMail.Of(snapshot.Voucher, cipher, now) : null;
            snapshot = await transaction.TryCommitAsync(snapshot, begin, cancellation);
            if (snapshot is not null && farewell is not null)
            {
                try
                {
                    return await FinishAsync(snapshot, item, now, cancellation);
                }
                finally
                {
                    Say(farewell);
                }
            }
        }
        return snapshot is not null && await FinishAsync(snapshot, item, now, cancellation);
    }

    /// <summary>A restored copy brought back what had been deleted: without a word to anybody. True when there was something.</summary>
    public async Task<bool> EraseAgainAsync(VoucherId voucher, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry();
            await vouchers.FindAsync(voucher, Reading.State, cancellation) is { Voucher.Registration: { } registration } snapshot;
            retry.CountConflict())
        {
            // What is wiped is half-way through this very deletion: it may be on a receipt already.
            if (!DeletionRules.IsWiped(snapshot.Voucher))
            {
                await erasures.ForgetReceiptAsync(voucher, cancellation);
            }
            if (await transaction.TryCommitAsync(snapshot, DeletionRules.EraseNow(snapshot.Voucher, now), cancellation) is { } wiped)
            {
                await FinishAsync(wiped, AccountDue.Deletion(voucher, registration.AccountId, now, now), now, cancellation, DeletionReason.Again);
                return true;
            }
        }
        return false;
    }

    /// <summary>The farewell mail is away: what it held back goes now rather than with the next run of the timer.</summary>
    public async Task FinishAfterFarewellAsync(VoucherId voucher, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await vouchers.FindAsync(voucher, Reading.State, cancellation) is { Voucher.Status: StoredStatus.Deleting } snapshot)
        {
            var registration = snapshot.Voucher.Registration!;
            var regular = AccountDue.Deletion(voucher, registration.AccountId, AccountDue.DeletionStart(registration.AccessUntil), now);
            await FinishAsync(snapshot, regular, now, cancellation);
            await receipts.TryWriteAsync(cancellation);
        }
    }

    /// <summary>Everything after the state is Deleting; the due row that brought us here goes last. True when nothing is left.</summary>
    private async Task<bool> FinishAsync(
        VoucherSnapshot snapshot, DueItem trigger, DateTimeOffset now, CancellationToken cancellation, DeletionReason? reason = null)
    {
        var voucher = snapshot.Voucher;
        var waits = await ClearAsync(snapshot, now, cancellation);
        var entry = await erasures.AddAsync(voucher, now, cancellation);
        if (waits)
        {
            return false;
        }
        await RemoveOtherDueAsync(voucher, trigger, now, cancellation);
        await receipts.OpenAsync(entry, reason ?? DeletionRules.ReasonOf(voucher.Registration!, trigger), cancellation);
        if (!await vouchers.TryRemoveAsync(snapshot, cancellation))
        {
            return false;
        }
        await due.RemoveUnreadAsync(trigger, cancellation);
        Log.Deleted(logger, voucher.Registration!.AccountId);
        return true;
    }

    /// <summary>Documents, claim and rows beside the state. True when the farewell mail is to be sent before the rest goes.</summary>
    private async Task<bool> ClearAsync(VoucherSnapshot snapshot, DateTimeOffset now, CancellationToken cancellation)
    {
        var (voucher, registration) = (snapshot.Voucher, snapshot.Voucher.Registration!);
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            await blobs.RemoveAllAsync(registration.AccountId, cancellation);
            await claims.ReleaseUnlessHeldAsync(registration.EmailHash, voucher.Id, cancellation);
            var rows = await vouchers.OtherRowsAsync(voucher.Id, cancellation);
            var waits = DeletionRules.WaitsForFarewell(voucher, rows.Any(row => row.MailDue is not null), now);
            if (await TryRemoveRowsAsync(voucher.Id, rows, waits, cancellation))
            {
                return waits;
            }
        }
    }

    /// <summary>False when one of the rows was changed meanwhile.</summary>
    private async Task<bool> TryRemoveRowsAsync(VoucherId voucher, IReadOnlyList<PartitionRow> rows, bool isMailKept, CancellationToken cancellation)
    {
        if (!await vouchers.TryRemoveRowsAsync(voucher, [.. rows.Where(row => row.MailDue is null)], cancellation))
        {
            return false;
        }
        foreach (var row in rows.Where(row => !isMailKept && row.MailDue is not null))
        {
            if (!await vouchers.TryRemoveRowAsync(voucher, row.Key, row.Version, cancellation))
            {
                return false;
            }
            await due.RemoveUnreadAsync(row.MailDue!, cancellation);
        }
        return true;
    }

    /// <summary>Every due row of the account but the one that brought us here.</summary>
    private async Task RemoveOtherDueAsync(Voucher voucher, DueItem trigger, DateTimeOffset now, CancellationToken cancellation)
    {
        var registration = voucher.Registration!;
        foreach (var at in AccountDue.LapseTimes(registration))
        {
            foreach (var lapse in await due.OfAccountAsync(DueKind.Lapse, at, voucher.Id, registration.AccountId, cancellation))
            {
                await claims.ReleaseUnlessHeldAsync(lapse.EmailHash!, voucher.Id, cancellation);
                await due.RemoveAsync(lapse, cancellation);
            }
        }
        foreach (var item in AccountDue.All(voucher.Id, registration.AccountId, registration.AccessUntil, now))
        {
            if (item.Row != trigger.Row)
            {
                await due.RemoveUnreadAsync(item, cancellation);
            }
        }
    }

    private void Say(AccountDeletedMail? farewell)
    {
        if (farewell is not null)
        {
            mails.Post(farewell);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} was deleted.")]
        public static partial void Deleted(ILogger logger, string accountId);
    }
}
