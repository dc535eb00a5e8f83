using VoucherFunctions.Domain;

namespace VoucherFunctions.Printing;

/// <summary>What one page says. <see cref="RegistrationUrl"/> is what the QR code holds.</summary>
public sealed record VoucherSheet(string Code, string RegistrationUrl, DateTimeOffset RedeemableUntil, Language Language);

/// <summary>Pages of one office, printed together.</summary>
/// <param name="PrintedAt">The document's date: the batch's own.</param>
public sealed record SheetPile(string OfficeName, DateTimeOffset PrintedAt, IReadOnlyList<VoucherSheet> Sheets)
{
    /// <summary>Issued with a test key: every page says so.</summary>
    public bool IsTest { get; init; }
}
