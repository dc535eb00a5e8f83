using VoucherFunctions.Accounts;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Registrations;

/// <summary>What a person is told after registering. The handle lets the same browser ask again, correct and cancel.</summary>
public sealed record RegistrationReceipt(DateTimeOffset ActivateBefore, DateTimeOffset AccessUntil, string Handle);

/// <summary>Registers people for vouchers: the rules of <see cref="RegistrationRules"/> over the storage.</summary>
public sealed class RegistrationService(
    VoucherFinder finder, VoucherTransaction transaction, DueTable due, RegistrationCleanUp cleanUp, BestEffort bestEffort, HashingKeys keys, AccountCipher cipher,
    NewActivationNonce newNonce, NewMailId newMailId, TimeProvider clock)
{
    public async Task<Result<RegistrationReceipt>> RegisterAsync(
        VoucherCode code, PersonName name, EmailAddress email, Language language, string client, CancellationToken cancellation)
    {
        var now = clock.GetUtcMilliseconds();
        var found = await finder.FindAsync(code, client, now, cancellation);
        if (found.IsRefused(out var refusal, out var snapshot))
        {
            return refusal;
        }
        var candidate = NewRegistration(name, email, language, now);
        var mailId = newMailId();
        var answer = await transaction.ChangeAsync(
            snapshot.Voucher.Id, Reading.State, snapshot, read => RegistrationRules.Register(read, candidate, mailId, now), cancellation);
        return Receipt(snapshot.Voucher.Id, answer);
    }

    public Task<Result<RegistrationReceipt>> ResendAsync(LinkToken handle, CancellationToken cancellation)
    {
        var now = clock.GetUtcMilliseconds();
        var mailId = newMailId();
        return ChangeAsync(handle, read => RegistrationRules.Resend(read, handle.Nonce, mailId, now), cancellation);
    }

    /// <summary>What was left of the old address goes at once: it may be somebody else's.</summary>
    public async Task<Result<RegistrationReceipt>> CorrectEmailAsync(LinkToken handle, EmailAddress email, CancellationToken cancellation)
    {
        var now = clock.GetUtcMilliseconds();
        var mailId = newMailId();
        var hash = EmailHash.Of(email, keys);
        Registration? before = null;
        var answer = await ChangeAsync(handle, read =>
        {
            before = read?.Voucher.Registration;
            return RegistrationRules.CorrectEmail(read, handle.Nonce, hash, registration => registration with
            {
                ActivationNonce = newNonce(),
                EmailHash = hash,
                SealedEmail = PersonSeals.Seal(email, registration.WrappedKey, registration.AccountId, cipher),
            }, mailId, now);
        }, cancellation);
        if (answer.Refusal is null && before is { } old && !old.EmailHash.Matches(hash))
        {
            var lapse = RegistrationRules.LapseOf(handle.Voucher, old, now);
            await bestEffort.TryAsync(async stop =>
            {
                await cleanUp.ClearAsync(lapse, stop);
                await due.RemoveUnreadAsync(lapse, stop);
            }, cancellation);
        }
        return answer;
    }

    public async Task<Result<RegistrationReceipt>> CancelAsync(LinkToken handle, CancellationToken cancellation)
    {
        var now = clock.GetUtcMilliseconds();
        var answer = await transaction.ChangeAsync(handle.Voucher, Reading.State, read => RegistrationRules.Cancel(read, handle.Nonce, now), cancellation);
        if (!answer.IsRefused(out _, out var cancelled))
        {
            await bestEffort.TryAsync(stop => cleanUp.ClearAllAsync(handle.Voucher, cancelled, now, stop), cancellation);
        }
        return Receipt(handle.Voucher, answer);
    }

    private async Task<Result<RegistrationReceipt>> ChangeAsync(
        LinkToken handle, Func<VoucherSnapshot?, Decision<Registration>> decide, CancellationToken cancellation) =>
        Receipt(handle.Voucher, await transaction.ChangeAsync(handle.Voucher, Reading.State, decide, cancellation));

    private Result<RegistrationReceipt> Receipt(VoucherId voucher, Result<Registration> answer)
    {
        if (answer.IsRefused(out var refusal, out var registration))
        {
            return refusal;
        }
        var handle = new LinkToken(LinkPurpose.Registration, voucher, registration.PendingUntil, registration.Id);
        return new RegistrationReceipt(registration.PendingUntil, registration.AccessUntil, handle.ToText(keys));
    }

    private Registration NewRegistration(PersonName name, EmailAddress email, Language language, DateTimeOffset now)
    {
        var accountId = LinkToken.NewNonce();
        var wrappedKey = cipher.NewWrappedKey(accountId);
        return new Registration
        {
            Id = LinkToken.NewNonce(),
            AccountId = accountId,
            EnteredAt = now,
            PendingUntil = now + RegistrationRules.ActivationTime,
            AccessUntil = AccessPeriod.Until(now),
            Language = language,
            EmailHash = EmailHash.Of(email, keys),
            WrappedKey = wrappedKey,
            SealedName = PersonSeals.Seal(name, wrappedKey, accountId, cipher),
            SealedEmail = PersonSeals.Seal(email, wrappedKey, accountId, cipher),
            ActivationNonce = newNonce(),
        };
    }
}
