namespace VoucherFunctions.Domain.Erasure;

/// <summary>Whose voucher it was, and when its deletion was done.</summary>
public sealed record ErasedVoucher(string IssuerId, bool IsTest, DateTimeOffset ErasedAt);

/// <summary>An entry as it leaves the system: the id is a keyed hash, whose key does not.</summary>
public sealed record LedgerEntry(string Id, string IssuerId, bool IsTest, DateTimeOffset ErasedAt);
