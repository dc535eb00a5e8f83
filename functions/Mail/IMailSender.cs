using VoucherFunctions.Mail.Texts;

namespace VoucherFunctions.Mail;

/// <summary>One mail to one person. The id is the same for every attempt, so that a service that knows it does not send twice.</summary>
public sealed record OutgoingMail(Guid Id, string To, MailContent Content)
{
    /// <summary>An earlier attempt may have been accepted: a service that can tell is to be asked first.</summary>
    public bool MayHaveBeenSent { get; init; }
}

/// <summary>What the mail service said.</summary>
public abstract record MailOutcome
{
    public sealed record Accepted : MailOutcome;

    /// <summary>This mail will never be accepted; the reason holds no personal data.</summary>
    public sealed record Refused(string Reason) : MailOutcome;

    /// <summary>This mail is not accepted now (a mailbox that is full, greylisting); others may be.</summary>
    public sealed record Deferred(string Reason) : MailOutcome;

    /// <summary>The service is down, unsure or over its quota: try again, not before the given time if there is one.</summary>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null) : MailOutcome
    {
        /// <summary>The service said that its quota is used up (429).</summary>
        public bool IsOverQuota { get; init; }
    }
}

/// <summary>Hands a mail to a mail service. Never throws for what the service says or for its absence.</summary>
public interface IMailSender
{
    Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation);
}
