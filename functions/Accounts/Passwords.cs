using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>The account as the current password was verified in it, and the hash of the new one.</summary>
public sealed record ReplacedPassword(VoucherSnapshot Verified, string NewHash);

/// <summary>The passwords of accounts: new ones, and the check of the one that a person types.</summary>
public sealed class Passwords(VoucherTable vouchers, VoucherTransaction transaction, PasswordHasher hasher, AccountCipher cipher, ServiceName service)
{
    /// <summary>The hash of a first password, or of one after a reset; <c>password-too-weak</c> or <c>service-busy</c> otherwise.</summary>
    public Task<Result<string>> HashNewAsync(Registration registration, string password, CancellationToken cancellation) =>
        HashNewAsync(registration, password, _ => Task.FromResult<Refusal?>(null), cancellation);

    /// <summary>The hash of the password that takes the place of the current one. The current one is verified as by <see cref="VerifySignedInAsync"/>, after the new one was checked.</summary>
    public async Task<Result<ReplacedPassword>> ReplaceAsync(SignedIn signedIn, string current, string wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        VoucherSnapshot? verified = null;
        var answer = await HashNewAsync(
            signedIn.Voucher.Registration!,
            wanted,
            async place => (await VerifySignedInAsync(place, signedIn, current, now, cancellation)).IsRefused(out var wrong, out verified) ? wrong : null,
            cancellation);
        return answer.IsRefused(out var refusal, out var hash) ? refusal : new ReplacedPassword(verified!, hash);
    }

    /// <summary>
    /// Counts the attempt of a log-in in the account before the hash is computed, then compares. The snapshot as it is after counting, when the password is right; <c>credentials-wrong</c> or <c>too-many-attempts</c> otherwise.
    /// </summary>
    public async Task<Result<VoucherSnapshot>> VerifyAsync(
        PasswordHasher.Place place, VoucherSnapshot read, Device device, string password, DateTimeOffset now, CancellationToken cancellation)
    {
        var counted = await CountAsync(read, device, now, cancellation);
        if (counted.IsRefused(out var refusal, out var snapshot))
        {
            return refusal;
        }
        return await place.VerifyAsync(password, snapshot.Voucher.Account?.PasswordHash, cancellation) ? snapshot : Problems.CredentialsWrong;
    }

    /// <summary>As for a log-in, but the attempt is counted in the session: guesses of strangers do not keep a signed-in person from the own account.</summary>
    public async Task<Result<VoucherSnapshot>> VerifySignedInAsync(
        PasswordHasher.Place place, SignedIn signedIn, string password, DateTimeOffset now, CancellationToken cancellation)
    {
        if ((await CountAsync(signedIn, now, cancellation)).IsRefused(out var refusal, out var counted))
        {
            return refusal;
        }
        return await place.VerifyAsync(password, counted.Voucher.Account!.PasswordHash, cancellation) ? counted : Problems.CredentialsWrong;
    }

    /// <summary>The only place that makes the hash of a new password: checks it, lets <paramref name="verify"/> refuse, and hashes.</summary>
    private async Task<Result<string>> HashNewAsync(
        Registration registration, string password, Func<PasswordHasher.Place, Task<Refusal?>> verify, CancellationToken cancellation)
    {
        var person = PersonSeals.Open(registration, cipher);
        if (PasswordPolicy.Check(password, person.Name, person.Email, [.. service.All]) is { } tooWeak)
        {
            return tooWeak;
        }
        if (hasher.Enter().IsRefused(out var busy, out var place))
        {
            return busy;
        }
        using (place)
        {
            return await verify(place) is { } refusal ? refusal : await place.HashAsync(password, cancellation);
        }
    }

    private async Task<Result<VoucherSnapshot>> CountAsync(SignedIn signedIn, DateTimeOffset now, CancellationToken cancellation)
    {
        var read = (VoucherSnapshot?)signedIn.Read;
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            if (SessionRules.Authenticate(read, signedIn.Secret, now).IsRefused(out var ended, out var session))
            {
                return ended;
            }
            if (LogInThrottle.Check(session.Attempts, now) is { } tooMany)
            {
                return tooMany;
            }
            if (await vouchers.TryTouchAsync(read!.Voucher.Id, LogInThrottle.Count(session, now), cancellation) is { } counted)
            {
                return read with { Sessions = read.Sessions.Replace(session, counted) };
            }
            read = await vouchers.FindAsync(read.Voucher.Id, Reading.StateAndSessions, cancellation);
        }
    }

    private async Task<Result<VoucherSnapshot>> CountAsync(VoucherSnapshot read, Device device, DateTimeOffset now, CancellationToken cancellation)
    {
        VoucherSnapshot? snapshot = read;
        for (var retry = new OptimisticRetry(); snapshot?.Voucher.Account is { } account; retry.CountConflict())
        {
            if (LogInThrottle.Check(account, device, now) is { } tooMany)
            {
                return tooMany;
            }
            var change = new VoucherChange(snapshot.Voucher with { Account = LogInThrottle.Count(account, device, now) });
            if (await transaction.TryCommitAsync(snapshot, change, cancellation) is { } committed)
            {
                return committed;
            }
            snapshot = await vouchers.FindAsync(read.Voucher.Id, Reading.StateAndSessions, cancellation);
        }
        return Problems.CredentialsWrong;
    }
}
