namespace VoucherFunctions.Mail;

/// <summary>Outside production: mail to anybody who is not listed is dropped, so that a test system never writes to real people.</summary>
public sealed partial class AllowListMailSender(IMailSender sender, IReadOnlyList<string> allowed, ILogger<AllowListMailSender> logger) : IMailSender
{
    public Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (allowed.Any(entry => entry.StartsWith('@')
            ? mail.To.EndsWith(entry, StringComparison.OrdinalIgnoreCase)
            : mail.To.Equals(entry, StringComparison.OrdinalIgnoreCase)))
        {
            return sender.SendAsync(mail, cancellation);
        }
        Log.Dropped(logger);
        return Task.FromResult<MailOutcome>(new MailOutcome.Accepted());
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A mail to somebody who is not on Mail__AllowedRecipients was dropped.")]
        public static partial void Dropped(ILogger logger);
    }
}
