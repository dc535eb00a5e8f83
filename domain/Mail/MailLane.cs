namespace VoucherFunctions.Domain.Mail;

public enum MailLane
{
    /// <summary>Somebody waits for the mail before a screen.</summary>
    Awaited,

    /// <summary>Nobody waits: it may leave later.</summary>
    Later,
}

public static class MailLanes
{
    public static MailLane Of(MailTemplate template) => template switch
    {
        MailTemplate.Activation or MailTemplate.AddressCorrected or MailTemplate.AlreadyHasAccount => MailLane.Awaited,
        MailTemplate.PasswordReset or MailTemplate.ResetAfterEnd => MailLane.Awaited,
        _ => MailLane.Later,
    };
}
