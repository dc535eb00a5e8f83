namespace VoucherFunctions;

/// <summary>Whom people ask for help: the address that answers to mails go to. Null when nobody reads one.</summary>
public sealed record HelpContact(string? Email);
