using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>A person who is signed in from now on, and the session cookie's value.</summary>
public sealed record SignIn(Voucher Voucher, SessionSecret Secret)
{
    /// <summary>The device cookie's value; null when the browser keeps what it has.</summary>
    public DeviceSecret? Device { get; init; }
}
