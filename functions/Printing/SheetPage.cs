using System.Globalization;
using SkiaSharp;

namespace VoucherFunctions.Printing;

/// <summary>
/// Draws a voucher on A4. Measures are points (1/72 inch) from the top left corner.
/// </summary>
internal sealed class SheetPage : IDisposable
{
    public const float Width = 595.28f;
    public const float Height = 841.89f;
    private const float Left = 56;
    private const float Right = Width - Left;
    private const float QrSide = 176;
    private const float StepsWidth = Right - Left - QrSide - 30;

    private static readonly SKColor Ink = new(0x1b, 0x25, 0x30);
    private static readonly SKColor Muted = new(0x4d, 0x5a, 0x67);
    private static readonly SKColor Accent = new(0x15, 0x58, 0x8f);
    private static readonly SKColor Tint = new(0xec, 0xf2, 0xf7);
    private static readonly SKColor Line = new(0xd3, 0xd9, 0xdf);
    private static readonly SKColor Alarm = new(0xa8, 0x23, 0x1b);

    private readonly SKFont _office = SheetFonts.Bold(12.5f);
    private readonly SKFont _title = SheetFonts.Regular(17);
    private readonly SKFont _service = SheetFonts.Bold(32);
    private readonly SKFont _longService = SheetFonts.Bold(22);
    private readonly SKFont _label = SheetFonts.Regular(11.5f);
    private readonly SKFont _code = SheetFonts.Code(36);
    private readonly SKFont _strong = SheetFonts.Bold(14);
    private readonly SKFont _text = SheetFonts.Regular(13.5f);
    private readonly SKFont _small = SheetFonts.Regular(10.5f);
    private readonly SKFont _address = SheetFonts.Bold(15);
    private readonly SKPaint _paint = new() { IsAntialias = true };

    public void Draw(SKCanvas canvas, SheetContent content)
    {
        DrawHead(canvas, content);
        DrawCode(canvas, content);
        DrawSteps(canvas, content, 430);
        DrawQr(canvas, content, Right - QrSide, 412);
        DrawOthers(canvas, content);
        DrawFoot(canvas, content);
    }

    public void Dispose()
    {
        foreach (var font in (SKFont[])[_office, _title, _service, _longService, _label, _code, _strong, _text, _small, _address])
        {
            font.Dispose();
        }
        _paint.Dispose();
    }

    private void DrawHead(SKCanvas canvas, SheetContent content)
    {
        Fill(canvas, Accent, new SKRect(0, 0, Width, 7));
        var y = 66f;
        foreach (var line in TextLines.Break(SheetFonts.Printable(content.Office, _office), _office, Right - Left))
        {
            Text(canvas, line, Left, y, _office, Ink);
            y += 16;
        }
        if (content.IsTest)
        {
            DrawTestMark(canvas, content.Words, 107);
        }
        Text(canvas, content.Title, Left, 153, _title, Muted);
        DrawService(canvas, SheetFonts.Printable(content.Service, _service));
    }

    /// <summary>In smaller letters when it would not fit on two lines.</summary>
    private void DrawService(SKCanvas canvas, string name)
    {
        var isLong = TextLines.Break(name, _service, Right - Left).Count() > 2;
        var font = isLong ? _longService : _service;
        var y = isLong ? 180f : 190f;
        foreach (var line in TextLines.Break(name, font, Right - Left))
        {
            Text(canvas, line, Left, y, font, Ink);
            y += font.Size + 2;
        }
    }

    private void DrawTestMark(SKCanvas canvas, SheetWording words, float y)
    {
        Fill(canvas, Alarm, new SKRect(Left, y, Right, y + 24), radius: 6);
        Text(canvas, words.TestNote, Left + 12, y + 16.5f, _office, SKColors.White);
    }

    private void DrawCode(SKCanvas canvas, SheetContent content)
    {
        const float Top = 250;
        Fill(canvas, Tint, new SKRect(Left, Top, Right, Top + 138), radius: 14);
        Fill(canvas, Accent, new SKRect(Left, Top + 22, Left + 5, Top + 116), radius: 2.5f);
        Text(canvas, content.Words.CodeLabel, Left + 24, Top + 32, _label, Muted);
        Text(canvas, content.Sheet.Code, Left + 23, Top + 72, _code, Ink);
        Text(canvas, content.Words.UntilLabel, Left + 24, Top + 100, _label, Muted);
        Text(canvas, content.Until, Left + 24, Top + 118, _strong, Ink);
    }

    private void DrawSteps(SKCanvas canvas, SheetContent content, float top)
    {
        Text(canvas, content.Words.How, Left, top - 12, _address, Ink);
        var y = top + 6;
        foreach (var (index, step) in content.Steps.Index())
        {
            var number = (index + 1).ToString(CultureInfo.InvariantCulture);
            Fill(canvas, Accent, new SKRect(Left, y, Left + 26, y + 26), radius: 13);
            Text(canvas, number, Left + 13 - _strong.MeasureText(number) / 2, y + 17.8f, _strong, SKColors.White);
            var lineY = y + 17.5f;
            foreach (var line in TextLines.Break(step, _text, StepsWidth - 40))
            {
                Text(canvas, line, Left + 40, lineY, _text, Ink);
                lineY += 18;
            }
            y = lineY + 8;
        }
    }

    private void DrawQr(SKCanvas canvas, SheetContent content, float x, float y)
    {
        var code = QrCode.Of(content.Sheet.RegistrationUrl);
        Stroke(canvas, new SKRect(x, y, x + QrSide, y + QrSide), radius: 12);
        using var modules = new SKPathBuilder();
        foreach (var run in code.Runs())
        {
            modules.AddRect(SKRect.Create(run.X, run.Y, run.Width, 1));
        }
        using var path = modules.Detach();
        canvas.Save();
        canvas.Translate(x, y);
        canvas.Scale(QrSide / code.Size);
        _paint.Color = SKColors.Black;
        canvas.DrawPath(path, _paint);
        canvas.Restore();
        canvas.DrawUrlAnnotation(new SKRect(x, y, x + QrSide, y + QrSide), content.Sheet.RegistrationUrl);
        Text(canvas, content.Words.Scan, x + QrSide / 2 - _label.MeasureText(content.Words.Scan) / 2, y + QrSide + 18, _label, Muted);
    }

    private void DrawOthers(SKCanvas canvas, SheetContent content)
    {
        foreach (var (index, other) in content.Others.Index())
        {
            Text(canvas, other.Text, Left, 694 + 14 * index, _small, Muted);
        }
    }

    private void DrawFoot(SKCanvas canvas, SheetContent content)
    {
        Fill(canvas, Line, new SKRect(Left, 728, Right, 728.8f));
        Text(canvas, content.Address, Left, 750, _address, Accent);
        canvas.DrawUrlAnnotation(new SKRect(Left, 734, Left + _address.MeasureText(content.Address), 756), content.SiteUrl);
        var y = 768f;
        var lines = content.Help is { } help ? [SheetFonts.Printable(help, _small), .. TextLines.Break(content.Words.Rules, _small, Right - Left)] : TextLines.Break(content.Words.Rules, _small, Right - Left);
        foreach (var line in lines)
        {
            Text(canvas, line, Left, y, _small, Muted);
            y += 14;
        }
    }

    private void Text(SKCanvas canvas, string text, float x, float y, SKFont font, SKColor color)
    {
        _paint.Color = color;
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, _paint);
    }

    private void Fill(SKCanvas canvas, SKColor color, SKRect area, float radius = 0)
    {
        _paint.Color = color;
        canvas.DrawRoundRect(area, radius, radius, _paint);
    }

    private static void Stroke(SKCanvas canvas, SKRect area, float radius)
    {
        using var stroke = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 0.8f, Color = Line };
        canvas.DrawRoundRect(area, radius, radius, stroke);
    }
}
