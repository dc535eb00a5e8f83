using SkiaSharp;

namespace VoucherFunctions.Printing;

/// <summary>
/// Atkinson Hyperlegible, made for people with low vision: no two symbols look alike (https://www.brailleinstitute.org/freefont/). Built into the app; loaded at the
/// first sheet, never before.
/// </summary>
internal static class SheetFonts
{
    private static readonly Lazy<SKTypeface> Plain = new(() => Load("AtkinsonHyperlegibleNext-Regular.ttf"));
    private static readonly Lazy<SKTypeface> Strong = new(() => Load("AtkinsonHyperlegibleNext-Bold.ttf"));
    private static readonly Lazy<SKTypeface> Codes = new(() => Load("AtkinsonHyperlegibleMono-Bold.ttf"));

    public static SKFont Regular(float size) => Font(Plain.Value, size);

    public static SKFont Bold(float size) => Font(Strong.Value, size);

    public static SKFont Code(float size) => Font(Codes.Value, size);

    /// <summary>The text with a question mark for what the typeface does not have.</summary>
    public static string Printable(string text, SKFont font) => font.ContainsGlyphs(text)
        ? text
        : string.Concat(text.EnumerateRunes().Select(rune => font.ContainsGlyph(rune.Value) ? rune.ToString() : "?"));

    private static SKFont Font(SKTypeface typeface, float size) => new(typeface, size)
    {
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
        Subpixel = true,
    };

    private static SKTypeface Load(string name)
    {
        using var file = typeof(SheetFonts).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        return SKTypeface.FromStream(file) ?? throw new InvalidOperationException($"{name} is not a typeface.");
    }
}
