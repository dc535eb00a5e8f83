using SkiaSharp;

namespace VoucherFunctions.Printing;

/// <summary>Prints vouchers as PDF/A, one A4 page each, with text that can be selected and searched.</summary>
public sealed class SheetPrinter(ServiceName service, SiteOrigin site) : IDisposable
{
    /// <summary>A large pile takes a processor for about a second; others go on meanwhile.</summary>
    private readonly SemaphoreSlim _press = new(1);

    public async Task<byte[]> PrintAsync(SheetPile pile, CancellationToken cancellation)
    {
        await _press.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Print(pile, cancellation), cancellation);
        }
        finally
        {
            _press.Release();
        }
    }

    public void Dispose() => _press.Dispose();

    private byte[] Print(SheetPile pile, CancellationToken cancellation)
    {
        using var written = new SKDynamicMemoryWStream();
        using (var document = SKDocument.CreatePdf(written, Metadata(pile)))
        using (var page = new SheetPage(pile, service, site.Uri))
        {
            foreach (var sheet in pile.Sheets)
            {
                cancellation.ThrowIfCancellationRequested();
                page.Draw(document.BeginPage(SheetPage.Width, SheetPage.Height), sheet);
                document.EndPage();
            }
            document.Close();
        }
        using var data = written.DetachAsData();
        return data.ToArray();
    }

    /// <summary>In the language of the first sheet.</summary>
    private string Title(SheetPile pile) => service.In(pile.Sheets[0].Language);

    private SKDocumentPdfMetadata Metadata(SheetPile pile) => new()
    {
        Title = Title(pile),
        Author = pile.OfficeName,
        Creator = Title(pile),
        Producer = "SkiaSharp",
        Creation = pile.PrintedAt.UtcDateTime,
        Modified = pile.PrintedAt.UtcDateTime,
        RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
        EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
        PdfA = true,
    };
}
