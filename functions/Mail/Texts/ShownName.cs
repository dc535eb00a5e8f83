using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VoucherFunctions.Mail.Texts;

/// <summary>
/// Anyone can have us write to any address under any name. What looks like a link, an address or a telephone
/// number is therefore not shown: else our mails could be made to carry somebody's advertisement.
/// </summary>
internal static partial class ShownName
{
    private const int MaxElements = 60;
    private const int MaxLength = 4 * MaxElements;

    /// <returns>One line, safe to show as text; null when a greeting without a name is better.</returns>
    public static string? Of(string typed)
    {
        var name = Clean.Line(typed);

        return name.EnumerateRunes().Any(Rune.IsLetter) && !Advertisement().IsMatch(Skeleton(name)) ? Shortened(name) : null;
    }

    /// <summary>The letters and signs alone: invisible joiners and accents must not hide a link from the pattern.</summary>
    private static string Skeleton(string name) =>
        string.Concat(name.EnumerateRunes().Where(r => !Clean.IsMark(r) && Rune.GetUnicodeCategory(r) != UnicodeCategory.Format));

    /// <summary>
    /// "://", "www.", an at sign, a dot with two letters right behind it (but not "J. R."), an IP address, five digits.
    /// Dots, colons, slashes and at signs count in their full-width and small forms too; mail clients link some of those.
    /// </summary>
    [GeneratedRegex(
        @"[:\uFF1A][/\uFF0F]{2} | www[.\u2024\u3002\uFE52\uFF0E\uFF61] | [@\uFE6B\uFF20] | [.\u2024\u3002\uFE52\uFF0E\uFF61]\p{L}{2} | \d[.\u2024\u3002\uFE52\uFF0E\uFF61]\d | (\d\W*){5}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Advertisement();

    private static string? Shortened(string name)
    {
        var end = 0;

        for (var elements = 0; end < name.Length; elements++)
        {
            var next = StringInfo.GetNextTextElementLength(name, end);
            if (elements == MaxElements || end + next > MaxLength)
            {
                return end == 0 ? null : name[..end].TrimEnd(' ') + "…";
            }

            end += next;
        }

        return name;
    }
}
