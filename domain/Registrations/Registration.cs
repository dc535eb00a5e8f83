using System.Collections.Immutable;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Domain.Registrations;

/// <summary>Who entered the code, when, and until when the link works. Name and e-mail are sealed (<see cref="Person"/>).</summary>
public sealed record Registration
{
    /// <summary>Random; tells this registration from an earlier or later one of the same voucher. The nonce of the handle.</summary>
    public required string Id { get; init; }

    /// <summary>Random; names the account in logs and in the sealed values, never the voucher.</summary>
    public required string AccountId { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>Exactly 24 hours after <see cref="EnteredAt"/>.</summary>
    public required DateTimeOffset PendingUntil { get; init; }

    public required DateTimeOffset AccessUntil { get; init; }

    public required Language Language { get; init; }

    public required EmailHash EmailHash { get; init; }

    /// <summary>The account's own key, wrapped.</summary>
    public required byte[] WrappedKey { get; init; }

    public required byte[] SealedName { get; init; }

    public required byte[] SealedEmail { get; init; }

    /// <summary>The nonce of the one activation link that works, or worked.</summary>
    public required string ActivationNonce { get; init; }

    /// <summary>When mails of this registration were asked for in the last hour, oldest first.</summary>
    public ImmutableArray<DateTimeOffset> MailsAskedAt { get; init; } = [];
}
