namespace VoucherFunctions.Domain.Accounts;

/// <summary>A registered person in clear text. Exists in memory only, and only while it is needed.</summary>
public sealed record Person(PersonName Name, EmailAddress Email);
