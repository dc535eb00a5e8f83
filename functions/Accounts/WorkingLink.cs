using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Accounts;

/// <summary>A link of a mail that works now, with the state that says so.</summary>
internal sealed record WorkingLink(LinkToken Link, VoucherSnapshot Read);
