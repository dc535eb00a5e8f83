using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>Turns a pending registration into an account: once a voucher, and one live account an address.</summary>
public sealed partial class Activations(
    VoucherStore vouchers,
    DueTable due,
    ErasureLedger erasures,
    AddressClaims claims,
    RegistrationCleanUp cleanUp,
    FollowUps followUps,
    PasswordHasher hasher,
    AccountCipher cipher,
    HashingKeys keys,
    ServiceName service,
    TimeProvider clock,
    ILogger<Activations> logger)
{
    public async Task<Result<SignIn>> ActivateAsync(string? token, string password, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!LinkToken.TryParse(token, LinkPurpose.Activation, keys, out var link))
        {
            return Refusal.Invalid("token", "malformed");
        }
        var read = await vouchers.FindAsync(link.Voucher, Reading.State, cancellation);
        if (ActivationRules.CheckLink(read?.Voucher, link, now) is { } refusal)
        {
            return refusal;
        }
        var registration = read!.Voucher.Registration!;
        var person = PersonSeals.Open(registration, cipher);
        if (PasswordPolicy.Check(password, person.Name, person.Email, service.Value) is { } tooWeak)
        {
            return tooWeak;
        }
        if (hasher.Enter().IsRefused(out var busy, out var place))
        {
            return busy;
        }
        using var held = place;
        var passwordHash = await place.HashAsync(password, cancellation);
        place.Dispose();
        if (await erasures.FindIssuerAsync(link.Voucher, cancellation) is not null)
        {
            return Problems.ActivationUsed;
        }
        var secret = SessionSecret.New(link.Voucher);
        var claimCheck = AccountDue.ClaimCheck(link.Voucher, registration, now);
        await due.AddAsync(AccountDue.All(link.Voucher, registration.AccountId, registration.AccessUntil, now).Add(claimCheck), cancellation);
        var answer = await vouchers.ChangeAsync(link.Voucher, Reading.State, read, DecideAsync, cancellation);
        if (answer.Refusal is null)
        {
            Log.Activated(logger, registration.AccountId);
        }
        else
        {
            await followUps.TryAsync(async stop =>
            {
                await cleanUp.ClearAsync(claimCheck, stop);
                await due.RemoveOwnAsync(claimCheck, stop);
            }, cancellation);
        }
        return answer;

        async Task<Decision<SignIn>> DecideAsync(VoucherSnapshot? snapshot, CancellationToken stop)
        {
            if (ActivationRules.CheckLink(snapshot?.Voucher, link, now) is { } dead)
            {
                return new Decision<SignIn>(dead);
            }
            var voucher = snapshot!.Voucher;
            if (!await claims.TryClaimAsync(voucher, now, stop))
            {
                return ActivationRules.RefuseSecondAccount<SignIn>(voucher);
            }
            var change = ActivationRules.Activate(voucher, passwordHash, secret, now);
            return new Decision<SignIn>(new SignIn(change.Next, secret), change);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} was activated.")]
        public static partial void Activated(ILogger logger, string accountId);
    }
}
