using System.Globalization;
using VoucherFunctions.Hosting;

namespace VoucherFunctions.Issuers;

/// <summary>A request for vouchers, as it comes in.</summary>
/// <param name="Count">1 to 1000.</param>
/// <param name="Reference">Opaque to us, 100 characters at most: no AVS/AHV number, no e-mail address.</param>
/// <param name="RedeemableUntil">An instant of ISO 8601 within 5 years; a year from now unless given. With a test key a week at most.</param>
/// <param name="Language">fr, de, it or en: of the printed voucher and the page it leads to. fr unless given.</param>
public sealed record IssueBody(int? Count, string? Reference, string? RedeemableUntil, string? Language)
{
    private const int MostVouchers = 1000;
    private const int LongestReference = 100;

    public IssueRequest Parse(Fields fields, bool isTest, DateTimeOffset now)
    {
        if (Count is not (>= 1 and <= MostVouchers))
        {
            fields.Refuse("count", Count is null ? "required" : "out-of-range");
        }
        if (Reference?.Length > LongestReference)
        {
            fields.Refuse("reference", "too-long");
        }
        if (Reference is { } reference && PersonalReference.IsFoundIn(reference))
        {
            fields.Refuse("reference", "personal");
        }
        DateTimeOffset? until = null;
        if (RedeemableUntil is { } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
            {
                fields.Refuse("redeemableUntil", "invalid");
            }
            else if (parsed <= now || parsed > IssuerRules.LatestRedeemableUntil(isTest, now))
            {
                fields.Refuse("redeemableUntil", "out-of-range");
            }
            until = parsed;
        }
        var language = VoucherFunctions.Language.Fr;
        if (Language is { } code && !Languages.TryParse(code, out language))
        {
            fields.Refuse("language", "invalid");
        }
        return new IssueRequest(Count ?? 0, Reference, until, language);
    }
}
