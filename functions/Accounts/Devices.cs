using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Security;

namespace VoucherFunctions.Accounts;

/// <summary>The browsers that people log in with. A secret that the account does not know is never taken over: somebody else may have planted it.</summary>
public sealed class Devices(HashingKeys keys, AccountCipher cipher)
{
    /// <summary>The device as the account knows it, or a new one.</summary>
    /// <param name="presented">What the browser's cookie holds.</param>
    public Device Of(DeviceSecret? presented, EmailAddress email, Account? account)
    {
        var device = Under(presented ?? DeviceSecret.New(), email);
        return account?.Devices.Any(device.Is) == true ? device : Under(DeviceSecret.New(), email);
    }

    /// <summary>The device at the end of a link, where nobody types the address.</summary>
    public Device Of(DeviceSecret? presented, Registration registration, Account? account) =>
        Of(presented, PersonSeals.Open(registration, cipher).Email, account);

    private Device Under(DeviceSecret secret, EmailAddress email) => new(secret, secret.IdsFor(email, keys));
}
