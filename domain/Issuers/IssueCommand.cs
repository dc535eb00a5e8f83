using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoucherFunctions.Domain.Issuers;

/// <summary>A request of an office for vouchers.</summary>
/// <param name="Count">1–1000.</param>
/// <param name="Reference">Opaque to us, at most 100 characters.</param>
/// <param name="RedeemableUntil">A year from now unless given; a week with a test key.</param>
public sealed record IssueCommand(int Count, string? Reference, DateTimeOffset? RedeemableUntil, Language Language)
{
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Count}|{RedeemableUntil?.UtcTicks}|{Language}|{Reference}"))));
}
