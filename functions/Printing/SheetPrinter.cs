using SkiaSharp;

namespace VoucherFunctions.Printing;

/// <summary>Prints vouchers as PDF/A, one A4 page each, with text that can be selected and searched.</summary>
public sealed class SheetPrinter(ServiceName service, SiteOrigin site, HelpContact contact) : IDisposable
{
    /// <summary>One page at a time: a large pile takes a processor for about a second, so requests take turns by page.</summary>
    private readonly SemaphoreSlim _press = new(1);

    /// <summary>Page by page, so that memory does not grow with the pile.</summary>
    public async Task WriteAsync(SheetPile pile, Stream target, CancellationToken cancellation)
    {
        await using var pieces = new PieceStream();
        using var written = new SKManagedWStream(pieces);
        using var document = SKDocument.CreatePdf(written, Metadata(pile));
        using var page = new SheetPage();
        foreach (var sheet in pile.Sheets)
        {
            await PrintAsync(document, page, SheetContent.Of(pile, sheet, service, site, contact), cancellation);
            await SendAsync(pieces, target, cancellation);
        }
        document.Close();
        var update = PdfLanguage.Update(pieces.Piece.Span, pieces.Length, SheetContent.Of(pile, pile.Sheets[0], service, site, contact).LanguageTag);
        await SendAsync(pieces, target, cancellation);
        await target.WriteAsync(update, cancellation);
    }

    public void Dispose() => _press.Dispose();

    private async Task PrintAsync(SKDocument document, SheetPage page, SheetContent content, CancellationToken cancellation)
    {
        await _press.WaitAsync(cancellation);
        try
        {
            page.Draw(document.BeginPage(SheetPage.Width, SheetPage.Height), content);
            document.EndPage();
        }
        finally
        {
            _press.Release();
        }
    }

    private static async Task SendAsync(PieceStream pieces, Stream target, CancellationToken cancellation)
    {
        await target.WriteAsync(pieces.Piece, cancellation);
        pieces.Take();
    }

    /// <summary>In the language of the first sheet.</summary>
    private SKDocumentPdfMetadata Metadata(SheetPile pile)
    {
        var language = pile.Sheets[0].Language;
        return new SKDocumentPdfMetadata
        {
            Title = $"{SheetWording.Of(language).Title} – {service.In(language)}",
            Author = pile.OfficeName,
            Creator = service.In(language),
            Producer = "SkiaSharp",
            Creation = pile.PrintedAt.UtcDateTime,
            Modified = pile.PrintedAt.UtcDateTime,
            RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
            EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
            PdfA = true,
        };
    }
}
