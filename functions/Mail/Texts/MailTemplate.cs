namespace VoucherFunctions.Mail.Texts;

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
