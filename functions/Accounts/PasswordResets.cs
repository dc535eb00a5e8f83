using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>"Forgotten your password?": a link by mail, once, for 60 minutes. Nobody learns whether an address has an account.</summary>
public sealed class PasswordResets(
    VoucherTable vouchers,
    VoucherTransaction transaction,
    ClaimStore claims,
    ThrottleStore throttle,
    Passwords passwords,
    Devices devices,
    AccountCipher cipher,
    HashingKeys keys,
    NewMailId newMailId,
    TimeProvider clock)
{
    private const int AMinute = 60;
    private readonly RateLimiter _perClient = new(AMinute, clock);

    /// <summary>Whether a mail is sent or not takes the same: two reads and two writes.</summary>
    public async Task<Refusal?> RequestAsync(EmailAddress email, string client, CancellationToken cancellation)
    {
        if (_perClient.Count(client) is { } tooMany)
        {
            return tooMany;
        }
        var now = clock.GetUtcMilliseconds();
        var hash = EmailHash.Of(email, keys);
        var unknown = ThrottleKeys.OfAddress(ThrottleStore.Reset, email, keys, now);
        var isSent = false;
        if (await claims.FindAsync(hash, cancellation) is { } claim)
        {
            var nonce = LinkToken.NewNonce();
            var mailId = newMailId();
            var answer = await transaction.ChangeAsync(
                claim.Voucher, Reading.State, read => PasswordRules.RequestReset(read, hash, nonce, mailId, now), cancellation);
            isSent = !answer.IsRefused(out _, out var sent) && sent;
        }
        else
        {
            await throttle.ImitateReadAsync(unknown, cancellation);
        }
        if (!isSent)
        {
            await throttle.ImitateChangeAsync(unknown, cancellation);
        }
        return null;
    }

    /// <summary>Gives the masked address of the link's account, or the refusal that completing would give. Changes nothing.</summary>
    public async Task<Result<CheckedLink>> CheckAsync(string? token, CancellationToken cancellation)
    {
        if ((await FindAsync(token, Reading.State, clock.GetUtcNow(), cancellation)).IsRefused(out var dead, out var working))
        {
            return dead;
        }
        var voucher = working.Read.Voucher;
        return new CheckedLink(MaskedAddress.Of(PersonSeals.Open(voucher.Registration!, cipher).Email), PasswordRules.ResetLinkEnd(voucher));
    }

    /// <summary>The browser is known from now on: so the person gets in however many guesses strangers make meanwhile.</summary>
    public async Task<Result<DeviceSecret>> CompleteAsync(string? token, string password, DeviceSecret? presented, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if ((await FindAsync(token, Reading.StateAndSessions, now, cancellation)).IsRefused(out var dead, out var working))
        {
            return dead;
        }
        var (link, read) = working;
        if ((await passwords.HashNewAsync(read.Voucher.Registration!, password, cancellation)).IsRefused(out var refusal, out var passwordHash))
        {
            return refusal;
        }
        var mailId = newMailId();
        var device = devices.Of(presented, read.Voucher.Registration!, read.Voucher.Account);
        var answer = await transaction.ChangeAsync(
            link.Voucher,
            Reading.StateAndSessions,
            read,
            current => PasswordRules.CompleteReset(current, link, passwordHash, device, mailId, now),
            cancellation);
        return answer.IsRefused(out var lost, out _) ? lost : device.Secret;
    }

    /// <summary>The link and its voucher's state; a refusal when the link does not work now.</summary>
    private async Task<Result<WorkingLink>> FindAsync(string? token, Reading reading, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!LinkToken.TryParse(token, LinkPurpose.PasswordReset, keys, out var link))
        {
            return Refusal.Invalid("token", "malformed");
        }
        var read = await vouchers.FindAsync(link.Voucher, reading, cancellation);
        return PasswordRules.CheckResetLink(read?.Voucher, link, now) is { } dead ? dead : new WorkingLink(link, read!);
    }
}
