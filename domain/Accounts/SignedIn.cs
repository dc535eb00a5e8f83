using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>A request's signed-in person: the voucher as read, and the session that was used.</summary>
public sealed record SignedIn(VoucherSnapshot Read, Session Session, SessionSecret Secret)
{
    public Voucher Voucher => Read.Voucher;
}
