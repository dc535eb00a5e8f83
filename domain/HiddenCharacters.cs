using System.Globalization;

namespace VoucherFunctions.Domain;

/// <summary>Characters that nobody sees, or that change how the text around them is shown: control and format characters, line and paragraph separators.</summary>
public static class HiddenCharacters
{
    public static bool AreIn(string text) => text.Any(c => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
