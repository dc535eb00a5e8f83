using System.Globalization;
using System.Text;

namespace VoucherFunctions.Domain.Unicode;

/// <summary>
/// Characters of a line of text that nobody sees: some are left out, some are refused, and some are needed. Files and people are called in any script: there joiners are
/// needed. What offices call things is refused with any of them (<see cref="AreIn"/>).
/// </summary>
public static class InvisibleCharacters
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;
    private const int BlackFlag = 0x1F3F4;
    private const int FirstTag = 0xE0020;
    private const int LastTag = 0xE007F;

    /// <summary>Scripts from Hebrew on, and emoji: only there a joiner changes what is seen, so that it belongs to the text.</summary>
    private const int FirstJoined = 0x0590;

    /// <summary>Without what can be left out: soft hyphens, zero-width spaces, marks of direction, joiners that join nothing.</summary>
    public static string Remove(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }
        var runes = text.EnumerateRunes().Where(rune => !IsRemoved(rune)).ToArray();
        var kept = new StringBuilder(text.Length);
        var isInFlag = false;
        for (var i = 0; i < runes.Length; i++)
        {
            isInFlag = runes[i].Value == BlackFlag || (isInFlag && IsTag(runes[i]));
            if (IsJoiner(runes[i]) ? IsJoining(runes, i) : isInFlag || !IsTag(runes[i]))
            {
                kept.Append(runes[i]);
            }
        }
        return kept.ToString();
    }

    /// <summary>Control and format characters, joiners included, and line and paragraph separators.</summary>
    public static bool AreIn(string text) => text.Any(IsHidden);

    /// <inheritdoc cref="AreIn"/>
    public static bool IsHidden(char symbol) => char.GetUnicodeCategory(symbol) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Whether a line in any script may show it: all but what is refused and format characters. The joiners are part of names in Persian and in the scripts of India.</summary>
    public static bool IsShown(Rune rune) => ReasonAgainst(rune) is null && (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format || IsJoiner(rune));

    /// <summary>Why a text with this character is refused: <c>control-character</c>, <c>direction</c>, <c>unknown-character</c>; null for all others.</summary>
    public static string? ReasonAgainst(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "control-character",
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => "unknown-character",
        // These turn the text around them, so that "fdp.exe" can look like "exe.pdf".
        _ when rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => "direction",
        _ => rune.Value == 0xFFFD ? "unknown-character" : null,
    };

    /// <summary>Format characters, but joiners, the tags of a flag, and Arabic and Indic signs that are seen above a number.</summary>
    private static bool IsRemoved(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && !IsJoiner(rune) && !IsTag(rune)
        && rune.Value is not ((>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD);

    private static bool IsJoiner(Rune rune) => rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner;

    private static bool IsTag(Rune rune) => rune.Value is >= FirstTag and <= LastTag;

    private static bool IsJoining(Rune[] runes, int at) =>
        at > 0 && at < runes.Length - 1 && runes[at - 1].Value >= FirstJoined && !IsJoiner(runes[at - 1]) && !Rune.IsWhiteSpace(runes[at + 1]);
}
