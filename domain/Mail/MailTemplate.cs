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
    DataDeleted,
}
