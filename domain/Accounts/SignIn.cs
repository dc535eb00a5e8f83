using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>A person who is signed in from now on, and the cookie's value.</summary>
public sealed record SignIn(Voucher Voucher, SessionSecret Secret);
