namespace VoucherFunctions.Domain.Mail;

/// <summary>
/// One mail to send, stored beside the state that wants it. It names no address and holds no token: both are taken from the state
/// at the time of sending, so a mail can only ever go to the address that the state holds then.
/// </summary>
public sealed record OutboxMail
{
    /// <summary>Unique; also the operation id at the mail service, the same for every attempt.</summary>
    public required Guid Id { get; init; }

    public required MailTemplate Template { get; init; }

    /// <summary>The registration that wanted it: a mail of an earlier one is dropped.</summary>
    public required string RegistrationId { get; init; }

    /// <summary>The nonce of the link in it: a mail with an outdated link is dropped.</summary>
    public string? Nonce { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of what it speaks of: it is given up then.</summary>
    public required DateTimeOffset GiveUpAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>Until then one sender has it for itself.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>The due row's instant: creation, or the next attempt.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The request that wanted it, as a W3C traceparent, so that its trace goes on to the mail service; null while nothing is recorded.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }
}
