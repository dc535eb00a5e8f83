using VoucherFunctions.Mail;

namespace VoucherFunctions.Testing;

/// <summary>Captures mail; can fail like a mail service does.</summary>
public sealed class TestMailbox : IMailSender
{
    private readonly List<OutgoingMail> _mails = [];
    private int _attempts;

    /// <summary>What the service says instead of taking mail; null: it takes it.</summary>
    public MailOutcome? Failure { get; set; }

    /// <summary>How often anything was handed over, taken or not.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    public IReadOnlyList<OutgoingMail> All
    {
        get
        {
            lock (_mails)
            {
                return [.. _mails];
            }
        }
    }

    public IReadOnlyList<OutgoingMail> To(string address) =>
        [.. All.Where(mail => mail.To.Equals(address, StringComparison.OrdinalIgnoreCase))];

    public Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _attempts);
        if (Failure is { } failure)
        {
            return Task.FromResult(failure);
        }
        lock (_mails)
        {
            _mails.Add(mail);
        }
        return Task.FromResult<MailOutcome>(new MailOutcome.Accepted());
    }
}

public static class OutgoingMailExtensions
{
    private const string ServiceName = " – Kursplatz";

    /// <summary>The subject without the service's name, with which every subject ends.</summary>
    public static string Title(this OutgoingMail mail) => mail.Content.Subject.EndsWith(ServiceName, StringComparison.Ordinal)
        ? mail.Content.Subject[..^ServiceName.Length]
        : throw new InvalidOperationException($"A subject without the service's name: {mail.Content.Subject}");
}
