using System.Collections.Immutable;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>Who is signed in, as pure decisions.</summary>
public static class SessionRules
{
    /// <summary>Opens a session after the right password; the oldest gives way when there would be more than five.</summary>
    public static Decision<SignIn> LogIn(VoucherSnapshot? read, string verifiedHash, string newHash, SessionSecret secret, Device device, DateTimeOffset now)
    {
        if (read?.Voucher is not { Account: { } account, Registration: { } registration } voucher || account.PasswordHash != verifiedHash)
        {
            return new Decision<SignIn>(Problems.CredentialsWrong);
        }
        var forgiven = LogInThrottle.Welcome(account, device) with { PasswordHash = newHash };
        var next = voucher with { Account = forgiven };
        if (voucher.StatusAt(now) != VoucherStatus.Active)
        {
            return new Decision<SignIn>(Expired(registration), new VoucherChange(next));
        }
        return new Decision<SignIn>(new SignIn(next, secret) { Device = device.Secret }, new VoucherChange(next)
        {
            StartSessions = [Session.Start(secret, forgiven, registration.AccessUntil, now)],
            EndSessions = ToEnd(read.Sessions, forgiven, now),
        });
    }

    /// <summary>The open session of the secret, or <c>session-required</c>, or <c>account-expired</c> at the very second the access ends.</summary>
    public static Result<Session> Authenticate(VoucherSnapshot? read, SessionSecret secret, DateTimeOffset now)
    {
        var session = read?.Sessions.FirstOrDefault(each => each.Id == secret.Id);
        if (session is null || read!.Voucher is not { Account: { } account, Registration: { } registration } voucher || session.Epoch != account.SessionEpoch)
        {
            return Problems.SessionRequired;
        }
        return voucher.StatusAt(now) switch
        {
            VoucherStatus.Locked => Expired(registration),
            VoucherStatus.Active when session.IsOpen(account, now) => session,
            _ => Problems.SessionRequired,
        };
    }

    public static Refusal Expired(Registration registration) => Problems.AccountExpired
        .With("expiredAt", registration.AccessUntil)
        .With("deletedAtLatest", AccessPeriod.DeletedAtLatest(registration.AccessUntil));

    private static ImmutableArray<Session> ToEnd(ImmutableArray<Session> sessions, Account account, DateTimeOffset now)
    {
        var open = sessions.Where(session => session.IsOpen(account, now)).OrderByDescending(session => session.LastSeenAt);
        return [.. sessions.Except(open.Take(Session.MostAtOnce - 1))];
    }
}
