using VoucherFunctions.Lifecycle;
using VoucherFunctions.Registrations;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Accounts;

/// <summary>A person who is signed in from now on, and the cookie's value.</summary>
public sealed record SignIn(Voucher Voucher, SessionSecret Secret);

/// <summary>Turns a pending registration into an account: once a voucher, and one live account an address.</summary>
public sealed partial class Activations(
    VoucherStore vouchers,
    ErasureLedger erasures,
    AddressClaims claims,
    RegistrationCleanUp cleanUp,
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
        var person = Person.Open(registration, cipher);
        if (PasswordPolicy.Check(password, person.Name, person.Email, service.Value) is { } tooWeak)
        {
            return tooWeak;
        }
        if ((await hasher.HashAsync(password, cancellation)).IsRefused(out var busy, out var passwordHash))
        {
            return busy;
        }
        if (await erasures.FindIssuerAsync(link.Voucher, cancellation) is not null)
        {
            return new Refusal("activation-used");
        }
        var secret = SessionSecret.New(link.Voucher);
        var hasBegun = false;
        var answer = await vouchers.ChangeAsync(link.Voucher, Reading.State, read, DecideAsync, cancellation);
        if (!answer.IsRefused(out _, out _))
        {
            Log.Activated(logger, registration.AccountId);
        }
        return answer;

        async Task<Decision<SignIn>> DecideAsync(VoucherSnapshot? snapshot, CancellationToken stop)
        {
            if (ActivationRules.CheckLink(snapshot?.Voucher, link, now) is { } dead)
            {
                if (hasBegun)
                {
                    await cleanUp.ClearAsync(RegistrationRules.LapseOf(link.Voucher, registration, now), stop);
                }
                return new Decision<SignIn>(dead);
            }
            hasBegun = true;
            var voucher = snapshot!.Voucher;
            if (!await claims.TryClaimAsync(voucher, now, stop))
            {
                await claims.ReleaseAsync(voucher, stop);
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
