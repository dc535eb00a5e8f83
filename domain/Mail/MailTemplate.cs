namespace VoucherFunctions.Domain.Mail;

public enum MailTemplate
{
    Activation,
    AddressCorrected,
    AlreadyHasAccount,
    PasswordReset,
    PasswordChanged,
    ExpiryReminder,
    AccountClosed,

    /// <summary>A new password was asked for after the end of the access: it says when the access ended.</summary>
    ResetAfterEnd,

    DataDeleted,
}
