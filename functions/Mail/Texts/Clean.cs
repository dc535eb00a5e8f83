using System.Globalization;
using System.Text;
using VoucherFunctions.Domain.Unicode;

namespace VoucherFunctions.Mail.Texts;

internal static class Clean
{
    /// <summary>More accents on one letter than any script needs only smear over the lines above.</summary>
    private const int MarksInARow = 4;

    /// <summary>
    /// One line of visible characters: no control, bidirectional-control or private characters, no half
    /// surrogates, white space collapsed to single spaces.
    /// </summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        var marks = 0;

        foreach (var rune in text.EnumerateRunes())
        {
            var isSpace = Rune.IsWhiteSpace(rune);
            marks = IsMark(rune) ? marks + 1 : 0;

            if (isSpace && line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
            else if (!isSpace && InvisibleCharacters.IsShown(rune) && marks <= MarksInARow)
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd(' ');
    }

    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
