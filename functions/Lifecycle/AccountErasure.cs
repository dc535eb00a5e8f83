using VoucherFunctions.Accounts;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Security;

namespace VoucherFunctions.Lifecycle;

/// <summary>A person erases the own account. The password says that it is the person.</summary>
public sealed class AccountErasure(Passwords passwords, PasswordHasher hasher, Deletion deletion, TimeProvider clock)
{
    /// <summary>Everything is deleted before the answer; when the process dies on the way, the timer finishes the deletion.</summary>
    public async Task<Result<bool>> EraseAsync(SignedIn signedIn, string password, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (hasher.Enter().IsRefused(out var busy, out var place))
        {
            return busy;
        }
        using var held = place;
        if ((await passwords.VerifySignedInAsync(place, signedIn, password, now, cancellation)).IsRefused(out var wrong, out var verified))
        {
            return wrong;
        }
        place.Dispose();
        return await deletion.EraseNowAsync(verified, now, cancellation) ? true : Problems.CredentialsWrong;
    }
}
