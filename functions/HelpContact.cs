namespace VoucherFunctions;

/// <summary>The e-mail address for help: the reply address of mails. Null when there is none.</summary>
public sealed record HelpContact(string? Email);
