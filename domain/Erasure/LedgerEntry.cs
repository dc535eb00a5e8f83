namespace VoucherFunctions.Domain.Erasure;

/// <summary>A voucher whose data were deleted: its issuer, and the instant of the deletion.</summary>
public sealed record ErasedVoucher(string IssuerId, bool IsTest, DateTimeOffset ErasedAt);

/// <summary>A ledger entry as it is exported. The id is a keyed hash; the key stays in the system.</summary>
public sealed record LedgerEntry(string Id, string IssuerId, bool IsTest, DateTimeOffset ErasedAt);
