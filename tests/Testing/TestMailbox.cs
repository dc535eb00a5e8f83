using VoucherFunctions.Mail;

namespace VoucherFunctions.Testing;

/// <summary>Captures mail; can fail like a mail service does.</summary>
public sealed class TestMailbox : IMailSender
{
    private readonly Lock _lock = new();
    private readonly List<OutgoingMail> _tried = [];
    private readonly List<OutgoingMail> _taken = [];

    /// <summary>What the service says instead of taking mail; null: it takes it.</summary>
    public MailOutcome? Failure { get; set; }

    /// <summary>For a service that takes its time or answers each mail differently; goes before <see cref="Failure"/>.</summary>
    public Func<OutgoingMail, Task<MailOutcome>>? Answer { get; set; }

    /// <summary>How often anything was handed over, taken or not.</summary>
    public int Attempts => Tried.Count;

    /// <summary>What was handed over, taken or not.</summary>
    public IReadOnlyList<OutgoingMail> Tried
    {
        get
        {
            lock (_lock)
            {
                return [.. _tried];
            }
        }
    }

    /// <summary>What was taken.</summary>
    public IReadOnlyList<OutgoingMail> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _taken];
            }
        }
    }

    public IReadOnlyList<OutgoingMail> To(string address) =>
        [.. All.Where(mail => mail.To.Equals(address, StringComparison.OrdinalIgnoreCase))];

    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _tried.Add(mail);
        }
        var outcome = Answer is { } answer ? await answer(mail) : Failure ?? new MailOutcome.Accepted();
        if (outcome is MailOutcome.Accepted)
        {
            lock (_lock)
            {
                _taken.Add(mail);
            }
        }
        return outcome;
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
