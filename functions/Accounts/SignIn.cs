using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Accounts;

/// <summary>A person who is signed in from now on, and the cookie's value.</summary>
public sealed record SignIn(Voucher Voucher, SessionSecret Secret);
