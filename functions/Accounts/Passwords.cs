using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>Checks a password against an account. Every attempt is counted in the account before its hash is computed.</summary>
public sealed class Passwords(VoucherTable vouchers, VoucherTransaction transaction)
{
    /// <summary>
    /// The snapshot as it is after counting, when the password is right; <c>credentials-wrong</c> or <c>too-many-attempts</c> otherwise.
    /// </summary>
    public async Task<Result<VoucherSnapshot>> VerifyAsync(PasswordHasher.Place place, VoucherSnapshot read, string password, DateTimeOffset now, CancellationToken cancellation)
    {
        var counted = await CountAsync(read, now, cancellation);
        if (counted.IsRefused(out var refusal, out var snapshot))
        {
            return refusal;
        }
        return await place.VerifyAsync(password, snapshot.Voucher.Account?.PasswordHash, cancellation) ? snapshot : Problems.CredentialsWrong;
    }

    private async Task<Result<VoucherSnapshot>> CountAsync(VoucherSnapshot read, DateTimeOffset now, CancellationToken cancellation)
    {
        VoucherSnapshot? snapshot = read;
        for (var retry = new OptimisticRetry(); snapshot?.Voucher.Account is { } account; retry.CountConflict())
        {
            if (LogInThrottle.Check(account, now) is { } tooMany)
            {
                return tooMany;
            }
            var change = new VoucherChange(snapshot.Voucher with { Account = LogInThrottle.Count(account, now) });
            if (await transaction.TryCommitAsync(snapshot, change, cancellation) is { } committed)
            {
                return committed;
            }
            snapshot = await vouchers.FindAsync(read.Voucher.Id, Reading.StateAndSessions, cancellation);
        }
        return Problems.CredentialsWrong;
    }
}
