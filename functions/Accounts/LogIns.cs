using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Accounts;

/// <summary>Log-in by address and password. Known and unknown addresses take the same steps: claim, state or counter, count, hash.</summary>
public sealed partial class LogIns(
    VoucherTable vouchers,
    VoucherTransaction transaction,
    ClaimStore claims,
    ThrottleStore throttle,
    Passwords passwords,
    PasswordHasher hasher,
    Devices devices,
    HashingKeys keys,
    VoucherMetrics metrics,
    TimeProvider clock,
    ILogger<LogIns> logger)
{
    private const int AMinute = 60;
    private readonly RateLimiter _perClient = new(AMinute, clock);

    public async Task<Result<SignIn>> LogInAsync(
        EmailAddress email, string password, DeviceSecret? presented, string client, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (hasher.Enter().IsRefused(out var busy, out var place))
        {
            Log.Refused(logger, busy.Code);
            metrics.LoggedIn(busy.Code);
            return busy;
        }
        using var held = place;
        if (_perClient.Count(client) is { } tooMany)
        {
            Log.Throttled(logger);
            metrics.LoggedIn(tooMany.Code);
            return tooMany;
        }
        var hash = EmailHash.Of(email, keys);
        var claim = await claims.FindAsync(hash, cancellation);
        var read = claim is null ? null : await vouchers.FindAsync(claim.Voucher, Reading.StateAndSessions, cancellation);
        var device = devices.Of(presented, email, read?.Voucher.Account);
        var answer = read?.Voucher is { Account: not null, Registration: { } registration } && registration.EmailHash.Matches(hash)
            ? await LogInAsync(place, read, device, password, now, cancellation)
            : await RefuseUnknownAsync(place, email, password, now, cancellation);
        if (answer.IsRefused(out var refusal, out _))
        {
            Log.Refused(logger, refusal.Code);
        }
        metrics.LoggedIn(answer.Refusal?.Code);
        return answer;
    }

    private async Task<Result<SignIn>> LogInAsync(
        PasswordHasher.Place place, VoucherSnapshot read, Device device, string password, DateTimeOffset now, CancellationToken cancellation)
    {
        var verified = await passwords.VerifyAsync(place, read, device, password, now, cancellation);
        if (verified.IsRefused(out var refusal, out var snapshot))
        {
            return refusal;
        }
        var verifiedHash = snapshot.Voucher.Account!.PasswordHash;
        var newHash = PasswordHasher.IsOutdated(verifiedHash) || place.IsInOlderForm ? await place.HashAsync(password, cancellation) : verifiedHash;
        place.Dispose();
        var secret = SessionSecret.New(snapshot.Voucher.Id);
        var answer = await transaction.ChangeAsync(
            snapshot.Voucher.Id,
            Reading.StateAndSessions,
            snapshot,
            current => SessionRules.LogIn(current, verifiedHash, newHash, secret, device, now),
            cancellation);
        if (!answer.IsRefused(out _, out var signIn))
        {
            Log.LoggedIn(logger, signIn.Voucher.Registration!.AccountId);
        }
        return answer;
    }

    private async Task<Result<SignIn>> RefuseUnknownAsync(PasswordHasher.Place place, EmailAddress email, string password, DateTimeOffset now, CancellationToken cancellation)
    {
        var counted = await throttle.CountAsync(
            ThrottleKeys.OfAddress(ThrottleStore.LogIn, email, keys, now), now, attempts => LogInThrottle.Check(attempts, now), cancellation);
        if (counted is not null)
        {
            return counted;
        }
        await place.VerifyAsync(password, null, cancellation);
        return Problems.CredentialsWrong;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} logged in.")]
        public static partial void LoggedIn(ILogger logger, string accountId);

        [LoggerMessage(2, LogLevel.Information, "A log-in was refused: {Code}.")]
        public static partial void Refused(ILogger logger, string code);

        [LoggerMessage(3, LogLevel.Warning, "Too many log-ins from one network address: refused.")]
        public static partial void Throttled(ILogger logger);
    }
}
