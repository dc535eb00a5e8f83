namespace VoucherFunctions.Mail.Texts;

/// <summary>What a mail speaks of. Instants are UTC; only those that the template needs are set.</summary>
public sealed record MailFacts
{
    /// <summary>The operator's own name for the service in the mail's language, e.g. "Formation en ligne".</summary>
    public required string ServiceName { get; init; }

    /// <summary>Scheme, host and port of the website.</summary>
    public required Uri SiteOrigin { get; init; }

    /// <summary>As typed by the person, so hostile: <see cref="ShownName"/> decides what of it is shown.</summary>
    public required string Name { get; init; }

    /// <summary>base64url. Activation, AddressCorrected, PasswordReset.</summary>
    public string? Token { get; init; }

    /// <summary>The first instant at which the activation link no longer works.</summary>
    public DateTimeOffset? ActivateBefore { get; init; }

    /// <summary>The first instant at which the reset link no longer works.</summary>
    public DateTimeOffset? ResetBefore { get; init; }

    /// <summary>The midnight in Zurich that ends the last day.</summary>
    public DateTimeOffset? AccessUntil { get; init; }

    /// <summary>The instant before which everything is deleted.</summary>
    public DateTimeOffset? DeletedAtLatest { get; init; }

    /// <summary>Time of sending. ExpiryReminder counts the days from it; PasswordChanged gives it as the time of the change.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The voucher was issued with a test key: the subject is prefixed and a line says so.</summary>
    public bool IsTest { get; init; }
}
