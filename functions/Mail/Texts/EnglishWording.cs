using VoucherFunctions.Domain;

namespace VoucherFunctions.Mail.Texts;

internal sealed class EnglishWording() : MailWording(Language.En)
{
    /// <summary>The day comes before the month.</summary>
    public override string LanguageTag => "en-GB";

    protected override string Closing => "Kind regards";

    protected override string TestNote => "This message is a test: the voucher was made with a test key.";

    protected override string Greeting(string? name) => name is null ? "Hello," : $"Hello {name},";

    protected override MailMessage Activation(MailDetails mail) => new(
        "Activate your account",
        [
            new Paragraph($"You have entered a voucher for {Quoted(mail.Service)}. There is one more step: click the link and choose your password."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AddressCorrected(MailDetails mail) => new(
        "Address corrected: activate your account",
        [
            new Paragraph($"You have entered a voucher for {Quoted(mail.Service)}. The e-mail address was corrected afterwards. Earlier links no longer work. Click this new link and choose your password."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AlreadyHasAccount(MailDetails mail) => new(
        "You already have an account",
        [
            new Paragraph($"Someone (probably you) has entered a voucher for {Quoted(mail.Service)} with this e-mail address. But this address already has an account.{(mail.HasEnd ? $" That account runs until {Dates.LastMinute(mail.AccessUntil)}." : "")}"),
            new Paragraph("A second voucher can’t be added to it, so the voucher stays unused. As long as it is valid, you can enter it after this account has ended. Someone else can enter it too."),
            new Button("Log in", mail.LoginLink),
            new Paragraph($"If you no longer know your password, choose {Quoted("Forgotten your password?")} on the log-in page."),
            new Note("Wasn’t that you? There is nothing you need to do: your account stays as it is."),
        ]);

    protected override MailMessage PasswordReset(MailDetails mail) => new(
        "Choose a new password",
        [
            new Paragraph($"You have asked for a new password for {Quoted(mail.Service)}. Click the link and choose your new password."),
            new Button("Choose a new password", mail.ResetLink),
            new Paragraph($"The link works only once, and only until {Dates.DateAndTime(mail.ResetBefore)}."),
            new Note("If you did not ask for this, ignore this message: your old password stays valid."),
        ]);

    protected override MailMessage PasswordChanged(MailDetails mail) => new(
        "Your password was changed",
        [
            new Paragraph($"The password of your account at {Quoted(mail.Service)} was changed on {Dates.DateAndTime(mail.Now)}. All other sessions have ended."),
            new Paragraph("Was that you? There is nothing you need to do."),
            new Paragraph("Wasn’t that you? Choose a new password at once."),
            new Button("Choose a new password", mail.ForgotLink),
        ]);

    protected override MailMessage ExpiryReminder(MailDetails mail)
    {
        var (when, day) = mail.DaysLeft switch
        {
            0 => ("tonight", ""),
            1 => ("tomorrow", ""),
            var days => ($"in {days} days", "on "),
        };

        return new(
            $"Your access ends {when}",
            [
                new Paragraph($"Your access to {Quoted(mail.Service)} ends {when}, {day}{Dates.LastMinute(mail.AccessUntil)}."),
                new Paragraph("Download your documents before then."),
                new Button("Download my documents", mail.DocumentsLink),
                new Paragraph("After that you will no longer have access to the training or to your documents."),
            ]);
    }

    protected override MailMessage AccountClosed(MailDetails mail) => new(
        "Your access has ended",
        [
            new Paragraph($"Your access to {Quoted(mail.Service)} ended on {Dates.LastMinute(mail.AccessUntil)}. The training and your documents can no longer be opened."),
            new Paragraph($"Your data will be deleted on {Dates.LastDay(mail.DeletedAtLatest)} at the latest. There is nothing you need to do."),
        ]);

    protected override MailMessage ResetAfterEnd(MailDetails mail) => new(
        "Your access is over",
        [
            new Paragraph($"You have asked for a new password for {Quoted(mail.Service)}. But your access ended on {Dates.LastMinute(mail.AccessUntil)}. A new password would no longer open it."),
            new Paragraph("For new access you need a new voucher from the employment office."),
            new Paragraph($"Your data will be deleted on {Dates.LastDay(mail.DeletedAtLatest)} at the latest."),
            new Note("If you did not ask for this, ignore this message."),
        ]);

    protected override MailMessage DataDeleted(MailDetails mail) => new(
        "Your data have been deleted",
        [
            new Paragraph($"Everything that {Quoted(mail.Service)} stored about you has been deleted: your account, your details and your documents."),
            new Paragraph("This is our last message. There is nothing you need to do."),
        ]);

    private static string Quoted(string text) => $"“{text}”";

    private MailBlock[] ActivationLink(MailDetails mail) =>
    [
        new Button("Choose my password", mail.ActivateLink),
        new Paragraph($"The link is valid until {Dates.DateAndTime(mail.ActivateBefore)}. After that, please enter the voucher on our website again."),
        new Paragraph($"Your access runs until {Dates.LastMinute(mail.AccessUntil)}."),
        new Note("If you did not ask for this, ignore this message. If no password is chosen, the data entered are deleted automatically once the link has run out."),
    ];
}
