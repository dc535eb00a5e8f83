using VoucherFunctions.Mail;

namespace VoucherFunctions.Local;

/// <summary>A mail as it arrived.</summary>
public sealed record ReceivedMail(Guid Id, string To, string Subject, string Text, string Html, DateTimeOffset SentAt);

/// <summary>Keeps every mail in memory, to be read by people and tests; passes it on as well where a real server was named.</summary>
public sealed class LocalMailbox(IMailSender? forwardTo, TimeProvider clock) : IMailSender
{
    private readonly List<ReceivedMail> _mails = [];

    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var outcome = forwardTo is null ? new MailOutcome.Accepted() : await forwardTo.SendAsync(mail, cancellation);
        if (outcome is MailOutcome.Accepted)
        {
            lock (_mails)
            {
                _mails.Add(new ReceivedMail(mail.Id, mail.To, mail.Content.Subject, mail.Content.Text, mail.Content.Html, clock.GetUtcNow()));
            }
        }
        return outcome;
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ReceivedMail> List(string? to)
    {
        lock (_mails)
        {
            return [.. _mails.Where(mail => to is null || mail.To.Equals(to, StringComparison.OrdinalIgnoreCase)).Reverse()];
        }
    }
}
