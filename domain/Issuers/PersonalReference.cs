using System.Globalization;
using System.Text.RegularExpressions;

namespace VoucherFunctions.Domain.Issuers;

/// <summary>
/// What must not be in a reference, since it would tell who a voucher is for: e-mail addresses, and AVS/AHV numbers, which are 13 digits from 756, the last a check
/// digit as of EAN-13, and were eleven with dots before 2008 (https://www.bsv.admin.ch/bsv/de/home/sozialversicherungen/ahv/grundlagen-gesetze/ahv-nummer.html).
/// </summary>
/// <remarks>
/// Thirteen digits that stand alone are refused whatever the check digit: a number with a typing error tells as much. Within a longer number, which may happen to
/// hold them, the check digit decides.
/// </remarks>
public static partial class PersonalReference
{
    public static bool IsFoundIn(string reference)
    {
        var text = WithPlainDigits(reference);
        return Address().IsMatch(text) || OldNumber().IsMatch(text) || Number().Matches(text).Any(match => IsNumber(text, match.Groups["digit"].Captures));
    }

    private static bool IsNumber(string text, CaptureCollection digits)
    {
        var (before, after) = (digits[0].Index - 1, digits[^1].Index + 1);
        var standsAlone = (before < 0 || !char.IsAsciiDigit(text[before])) && (after == text.Length || !char.IsAsciiDigit(text[after]));
        return standsAlone || digits.Index().Sum(digit => (digit.Index % 2 == 0 ? 1 : 3) * (digit.Item.Value[0] - '0')) % 10 == 0;
    }

    /// <summary>Digits of any script and width as ASCII.</summary>
    private static string WithPlainDigits(string text) =>
        string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    /// <summary>With up to three separators between any two digits. Only looks ahead, so that every place where one may begin is tried.</summary>
    [GeneratedRegex(@"(?=(?<digit>7)[\W_]{0,3}(?<digit>5)[\W_]{0,3}(?<digit>6)([\W_]{0,3}(?<digit>[0-9])){10})", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![0-9])[1-9][0-9]{2}\.[0-9]{2}\.[0-9]{3}\.[0-9]{3}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex OldNumber();

    /// <summary>The sign between two characters; also with spaces around it, when something like a domain follows.</summary>
    [GeneratedRegex(@"\S[@＠﹫]\S|\S\s*[@＠﹫]\s*[^\s.]+\.\p{L}{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
