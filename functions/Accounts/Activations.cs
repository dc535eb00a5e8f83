using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>Turns a pending registration into an account: once a voucher, and one live account an address.</summary>
public sealed partial class Activations(
    VoucherTable vouchers,
    VoucherTransaction transaction,
    DueTable due,
    ErasureLedger erasures,
    AddressClaims claims,
    RegistrationCleanUp cleanUp,
    BestEffort bestEffort,
    Passwords passwords,
    Devices devices,
    AccountCipher cipher,
    HashingKeys keys,
    TimeProvider clock,
    ILogger<Activations> logger)
{
    /// <summary>Gives the masked address of the link's account, or the refusal that activating would give. Changes nothing.</summary>
    public async Task<Result<CheckedLink>> CheckAsync(string? token, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if ((await FindAsync(token, now, cancellation)).IsRefused(out var dead, out var working))
        {
            return dead;
        }
        var voucher = working.Read.Voucher;
        var email = PersonSeals.Open(voucher.Registration!, cipher).Email;
        return await claims.FindLiveHolderAsync(voucher, now, cancellation) is null
            ? new CheckedLink(MaskedAddress.Of(email), voucher.Registration!.PendingUntil)
            : Problems.AccountExists;
    }

    public async Task<Result<SignIn>> ActivateAsync(string? token, string password, DeviceSecret? presented, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if ((await FindAsync(token, now, cancellation)).IsRefused(out var dead, out var working))
        {
            return dead;
        }
        var (link, read) = working;
        var registration = read.Voucher.Registration!;
        if ((await passwords.HashNewAsync(registration, password, cancellation)).IsRefused(out var refusal, out var passwordHash))
        {
            return refusal;
        }
        var secret = SessionSecret.New(link.Voucher);
        var device = devices.Of(presented, registration, account: null);
        var claimCheck = AccountDue.ClaimCheck(link.Voucher, registration, now);
        await due.AddAsync(AccountDue.All(link.Voucher, registration.AccountId, registration.AccessUntil, now).Add(claimCheck), cancellation);
        var answer = await CommitAsync(read, link, passwordHash, secret, device, now, cancellation);
        if (answer.Refusal is null)
        {
            Log.Activated(logger, registration.AccountId);
        }
        else
        {
            await bestEffort.TryAsync(stop => UndoAsync(claimCheck, stop), cancellation);
        }
        return answer;
    }

    /// <summary>The link and its voucher's state; a refusal when the link does not work now. If the account was erased before a restore, the voucher counts as used.</summary>
    private async Task<Result<WorkingLink>> FindAsync(string? token, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!LinkToken.TryParse(token, LinkPurpose.Activation, keys, out var link))
        {
            return Refusal.Invalid("token", "malformed");
        }
        var read = await vouchers.FindAsync(link.Voucher, Reading.State, cancellation);
        if (ActivationRules.CheckLink(read?.Voucher, link, now) is { } dead)
        {
            return dead;
        }
        return await erasures.FindIssuerAsync(link.Voucher, cancellation) is null ? new WorkingLink(link, read!) : Problems.ActivationUsed;
    }

    /// <summary>The address is claimed before each commit, for the state that the commit replaces (docs/rules.md#r5).</summary>
    private async Task<Result<SignIn>> CommitAsync(
        VoucherSnapshot? read, LinkToken link, string passwordHash, SessionSecret secret, Device device, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            if (ActivationRules.CheckLink(read?.Voucher, link, now) is { } dead)
            {
                return dead;
            }
            var isClaimed = await claims.TryClaimAsync(read!.Voucher, now, cancellation);
            var decision = ActivationRules.Activate(read.Voucher, isClaimed, passwordHash, secret, device, now);
            if (await transaction.TryCommitAsync(read, decision, cancellation))
            {
                return decision.Answer;
            }
            read = await vouchers.FindAsync(link.Voucher, Reading.State, cancellation);
        }
    }

    /// <summary>Releases the address and removes the due row, after a commit that did not happen.</summary>
    private async Task UndoAsync(DueItem claimCheck, CancellationToken cancellation)
    {
        await cleanUp.ClearAsync(claimCheck, cancellation);
        await due.RemoveOwnAsync(claimCheck, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} was activated.")]
        public static partial void Activated(ILogger logger, string accountId);
    }
}
