using System.Globalization;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Unicode;
using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>Vouchers to issue.</summary>
/// <param name="Count">1 to 1000.</param>
/// <param name="Reference">Opaque to us, 100 characters at most: no AVS/AHV number, no e-mail address.</param>
/// <param name="RedeemableUntil">An instant of ISO 8601 within 5 years; a year from now unless given. With a test key a week at most.</param>
/// <param name="Language">fr, de, it or en: of the printed voucher and the page it leads to. fr unless given.</param>
public sealed record IssueRequest(int? Count, string? Reference = null, string? RedeemableUntil = null, string? Language = null)
{
    private const int MostVouchers = 1000;
    private const int LongestReference = 100;

    /// <summary>All that is wrong whenever it is said: whether the end lies ahead is judged of a new batch only (<see cref="IssuerRules.Begin"/>).</summary>
    public IssueCommand Parse(RequestValidation fields)
    {
        if (Count is not (>= 1 and <= MostVouchers))
        {
            fields.Refuse("count", Count is null ? "required" : "out-of-range");
        }
        if (Reference is { } reference && FaultOf(reference) is { } fault)
        {
            fields.Refuse("reference", fault);
        }
        DateTimeOffset? until = null;
        if (RedeemableUntil is { } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
            {
                fields.Refuse("redeemableUntil", "invalid");
            }
            until = parsed;
        }
        var language = Domain.Language.Fr;
        if (Language is { } code && !Languages.TryParse(code, out language))
        {
            fields.Refuse("language", "invalid");
        }
        return new IssueCommand(Count ?? 0, Reference, until, language);
    }

    private static string? FaultOf(string reference) =>
        reference.Length > LongestReference ? "too-long"
        : InvisibleCharacters.AreIn(reference) || reference.Any(char.IsSurrogate) ? "invalid"
        : PersonalReference.IsFoundIn(reference) ? "personal"
        : null;
}
