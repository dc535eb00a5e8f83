namespace VoucherFunctions.Domain.Mail;

/// <summary>
/// Makes the id of a mail of the outbox, a random one. A service, so that a simulation can be repeated: of mails that are due in the same second the one with the lesser id
/// is sent first.
/// </summary>
public delegate Guid NewMailId();
