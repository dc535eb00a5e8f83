namespace VoucherFunctions.Domain.Accounts;

/// <summary>Who a registration is of, in clear: only in memory, only while it is needed.</summary>
public sealed record Person(PersonName Name, EmailAddress Email);
