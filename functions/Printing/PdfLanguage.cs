using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VoucherFunctions.Printing;

/// <summary>
/// Says the language of a PDF, and that its title stands in the window's bar: without them a screen reader guesses. Skia cannot say it, so the catalog is written once
/// more behind the end, as an incremental update (ISO 32000-1, 7.5.6).
/// </summary>
internal static partial class PdfLanguage
{
    /// <param name="end">The last piece of the file, from before its catalog.</param>
    /// <param name="length">Of the file until now.</param>
    public static byte[] Update(ReadOnlySpan<byte> end, long length, string languageTag)
    {
        var text = Encoding.Latin1.GetString(end);
        var trailer = Trailer().Match(text);
        var number = Root().Match(trailer.Groups["entries"].Value).Groups[1].Value;
        var begin = text.LastIndexOf($"\n{number} 0 obj\n<<", StringComparison.Ordinal);
        var catalog = Catalog().Match(text, Math.Max(begin, 0));
        if (!trailer.Success || begin < 0 || !catalog.Success)
        {
            throw new InvalidOperationException("Skia writes its catalog in another way than it did.");
        }
        var changed = $"{number} 0 obj\n<</Lang ({languageTag})\n/ViewerPreferences <</DisplayDocTitle true>>\n{catalog.Groups["entries"].Value}\nendobj\n";
        return Encoding.Latin1.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{changed}xref\n{number} 1\n{length + 1:D10} 00000 n \ntrailer\n<<{trailer.Groups["entries"].Value}\n/Prev {trailer.Groups["xref"].Value}>>\nstartxref\n{length + 1 + changed.Length}\n%%EOF\n"));
    }

    [GeneratedRegex(@"\ntrailer\n<<(?<entries>[^\0]*)>>\nstartxref\n(?<xref>[0-9]+)\n%%EOF\s*$")]
    private static partial Regex Trailer();

    [GeneratedRegex("/Root ([0-9]+) 0 R")]
    private static partial Regex Root();

    [GeneratedRegex(@"0 obj\n<<(?<entries>/Type /Catalog[^\0]*?)\nendobj")]
    private static partial Regex Catalog();
}
