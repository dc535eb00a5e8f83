using SkiaSharp;

namespace VoucherFunctions.Printing;

/// <summary>Breaks a text into lines of a width, at spaces; a no-break space is none. A word that is too long for a line is cut, an address behind a dot.</summary>
internal static class TextLines
{
    public static IEnumerable<string> Break(string text, SKFont font, float width)
    {
        var line = "";
        foreach (var word in text.Split(' ').SelectMany(word => Cut(word, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                yield return line;
                longer = word;
            }
            line = longer;
        }
        yield return line;
    }

    private static IEnumerable<string> Cut(string word, SKFont font, float width)
    {
        while (word.Length > 1 && font.MeasureText(word) > width)
        {
            var fits = Math.Max(1, font.BreakText(word, width));
            fits = word.LastIndexOf('.', fits - 1) is > 0 and var dot ? dot + 1 : fits;
            yield return word[..fits];
            word = word[fits..];
        }
        yield return word;
    }
}
