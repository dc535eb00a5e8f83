namespace VoucherFunctions;

/// <summary>What the operator calls the service: in mails, and forbidden in passwords.</summary>
public sealed record ServiceName(string Value);
