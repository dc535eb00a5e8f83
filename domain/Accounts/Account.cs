using System.Collections.Immutable;
using VoucherFunctions.Domain.Documents;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>What comes with the password: there is an account exactly when there is one.</summary>
public sealed record Account
{
    public required DateTimeOffset ActivatedAt { get; init; }

    /// <summary>In PHC string format.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Sessions of an older epoch are void.</summary>
    public required int SessionEpoch { get; init; }

    /// <summary>Failed log-ins in a row today (UTC) from browsers that are not among <see cref="Devices"/>; back to 0 at the first success of such a one.</summary>
    public Attempts LogIns { get; init; } = Attempts.None;

    /// <summary>Browsers that have logged in before, five at most, the last used first.</summary>
    public ImmutableArray<KnownDevice> Devices { get; init; } = [];

    public string? ResetNonce { get; init; }

    public DateTimeOffset? ResetUntil { get; init; }

    /// <summary>The nonce of the last reset link that was used, to tell "used" from "expired".</summary>
    public string? UsedResetNonce { get; init; }

    public ImmutableArray<DateTimeOffset> ResetsAskedAt { get; init; } = [];

    /// <summary>The page of the training that was opened last, sealed; null before the first.</summary>
    public byte[]? EncryptedLastPage { get; init; }

    /// <summary>What the documents come to.</summary>
    public DocumentTotals Documents { get; init; }

    public UploadBudget Uploads { get; init; } = UploadBudget.Unused;

    /// <summary>The smallest number of days before the end of which the person was reminded.</summary>
    public int? RemindedDaysBefore { get; init; }

    /// <summary>When the timer saw the end of the access and said so by mail.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}
