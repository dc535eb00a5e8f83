using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>Sessions: one storage read a request.</summary>
public sealed class Sessions(VoucherTable vouchers, VoucherTransaction transaction, BestEffort bestEffort, TimeProvider clock)
{
    /// <param name="account">The id of the account that the caller means; null to accept any.</param>
    public async Task<Result<SignedIn>> AuthenticateAsync(string? cookie, string? account, CancellationToken cancellation)
    {
        if (SessionSecret.FromCookie(cookie) is not { } secret)
        {
            return Problems.SessionRequired;
        }
        var now = clock.GetUtcNow();
        var read = await vouchers.FindAsync(secret.Voucher, Reading.StateAndSessions, cancellation);
        if (SessionRules.Authenticate(read, secret, now).IsRefused(out var refusal, out var session))
        {
            return refusal;
        }
        if (account is not null && account != read!.Voucher.Registration!.AccountId)
        {
            return Problems.OtherAccount;
        }
        if (now - session.LastSeenAt >= Session.TouchEvery)
        {
            // Lost to a parallel request of the same session, which wrote as much, or to its end, which the next request sees; or to the storage, of which the
            // request may want nothing more.
            var touched = session;
            await bestEffort.TryAsync(
                async stop => touched = await vouchers.TryTouchAsync(secret.Voucher, session with { LastSeenAt = now }, stop) ?? session, cancellation);
            return new SignedIn(read! with { Sessions = read.Sessions.Replace(session, touched) }, touched, secret);
        }
        return new SignedIn(read!, session, secret);
    }

    /// <summary>The open sessions, the last used first.</summary>
    public IReadOnlyList<Session> ListOpen(SignedIn signedIn)
    {
        var now = clock.GetUtcNow();
        return [.. signedIn.Read.Sessions
            .Where(session => session.IsOpen(signedIn.Voucher.Account!, now))
            .OrderByDescending(session => session.LastSeenAt)];
    }

    /// <summary>Ends one of the person's own sessions; one that is not there has ended already.</summary>
    public async Task EndAsync(SignedIn signedIn, string id, CancellationToken cancellation)
    {
        var read = signedIn.Read;
        for (var retry = new OptimisticRetry(); read?.Sessions.FirstOrDefault(session => session.Id == id) is { } session; retry.CountConflict())
        {
            if (await transaction.TryCommitAsync(read, new VoucherChange(read.Voucher) { EndSessions = [session] }, cancellation) is not null)
            {
                return;
            }
            read = await vouchers.FindAsync(read.Voucher.Id, Reading.StateAndSessions, cancellation);
        }
    }
}
