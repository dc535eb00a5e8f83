using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>What a person sees of the own account.</summary>
/// <param name="AccountId">A random id, for the header <c>X-Account</c>.</param>
public sealed record Profile(
    string AccountId, string Name, string Email, string Language, DateTimeOffset EnteredAt, DateTimeOffset AccessUntil, int DaysLeft, DateTimeOffset DeletedAtLatest)
{
    /// <summary>The page of the training that was opened last, below <c>/api/training/</c>; missing before the first.</summary>
    public string? TrainingPlace { get; init; }
}

/// <summary>The person's own profile: read, change, change the password.</summary>
public sealed class Profiles(
    VoucherTransaction transaction, Passwords passwords, AccountCipher cipher, NewMailId newMailId, TimeProvider clock)
{
    public Profile Read(Voucher voucher)
    {
        var registration = voucher.Registration!;
        var person = PersonSeals.Open(registration, cipher);
        return new Profile(
            registration.AccountId,
            person.Name.Value,
            person.Email.Value,
            registration.Language.Code(),
            registration.EnteredAt,
            registration.AccessUntil,
            AccessPeriod.DaysLeft(registration.AccessUntil, clock.GetUtcNow()),
            AccessPeriod.DeletedAtLatest(registration.AccessUntil))
        {
            TrainingPlace = PlaceSeals.Open(voucher, cipher),
        };
    }

    /// <summary>Changes what is given and leaves the rest.</summary>
    public async Task<Result<Profile>> ChangeAsync(SignedIn signedIn, PersonName? name, Language? language, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var answer = await transaction.ChangeAsync(signedIn.Voucher.Id, Reading.StateAndSessions, signedIn.Read, read =>
        {
            if (SessionRules.Authenticate(read, signedIn.Secret, now).Refusal is { } ended)
            {
                return new Decision<Voucher>(ended);
            }
            var next = With(read!.Voucher, name, language);
            return new Decision<Voucher>(next, new VoucherChange(next));
        }, cancellation);
        return answer.IsRefused(out var refusal, out var changed) ? refusal : Read(changed);
    }

    /// <summary>All other sessions end; this one goes on under a new secret.</summary>
    public async Task<Result<SignIn>> ChangePasswordAsync(SignedIn signedIn, string current, string wanted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if ((await passwords.ReplaceAsync(signedIn, current, wanted, now, cancellation)).IsRefused(out var refusal, out var replaced))
        {
            return refusal;
        }
        var (verified, hash) = replaced;
        var secret = SessionSecret.New(signedIn.Voucher.Id);
        var verifiedHash = verified.Voucher.Account!.PasswordHash;
        var mailId = newMailId();
        return await transaction.ChangeAsync(
            signedIn.Voucher.Id,
            Reading.StateAndSessions,
            verified,
            read => PasswordRules.Change(read, verifiedHash, hash, secret, mailId, now),
            cancellation);
    }

    private Voucher With(Voucher voucher, PersonName? name, Language? language)
    {
        var registration = voucher.Registration!;
        return voucher with
        {
            Registration = registration with
            {
                Language = language ?? registration.Language,
                SealedName = name is null
                    ? registration.SealedName
                    : PersonSeals.Seal(name, registration.WrappedKey, registration.AccountId, cipher),
            },
        };
    }
}
