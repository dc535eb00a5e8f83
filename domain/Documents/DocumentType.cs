namespace VoucherFunctions.Domain.Documents;

/// <summary>A type of document that may be kept.</summary>
/// <param name="Ending">The usual ending, without the dot.</param>
public sealed record DocumentType(string Ending, string MediaType)
{
    public static readonly DocumentType Pdf = new("pdf", "application/pdf");
    public static readonly DocumentType Docx = new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    public static readonly DocumentType Xlsx = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    public static readonly DocumentType Pptx = new("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation");
    public static readonly DocumentType Odt = new("odt", "application/vnd.oasis.opendocument.text");
    public static readonly DocumentType Ods = new("ods", "application/vnd.oasis.opendocument.spreadsheet");
    public static readonly DocumentType Odp = new("odp", "application/vnd.oasis.opendocument.presentation");
    public static readonly DocumentType Doc = new("doc", "application/msword");
    public static readonly DocumentType Xls = new("xls", "application/vnd.ms-excel");
    public static readonly DocumentType Ppt = new("ppt", "application/vnd.ms-powerpoint");
    public static readonly DocumentType Rtf = new("rtf", "application/rtf");
    public static readonly DocumentType Txt = new("txt", "text/plain");
    public static readonly DocumentType Csv = new("csv", "text/csv");
    public static readonly DocumentType Markdown = new("md", "text/markdown");
    public static readonly DocumentType Jpeg = new("jpg", "image/jpeg");
    public static readonly DocumentType Png = new("png", "image/png");
    public static readonly DocumentType Gif = new("gif", "image/gif");
    public static readonly DocumentType Webp = new("webp", "image/webp");
    public static readonly DocumentType Heic = new("heic", "image/heic");
    public static readonly DocumentType Avif = new("avif", "image/avif");
    public static readonly DocumentType Tiff = new("tif", "image/tiff");

    private static readonly DocumentType[] All =
        [Pdf, Docx, Xlsx, Pptx, Odt, Ods, Odp, Doc, Xls, Ppt, Rtf, Txt, Csv, Markdown, Jpeg, Png, Gif, Webp, Heic, Avif, Tiff];

    private static readonly Dictionary<string, DocumentType> ByEnding = new(All.ToDictionary(type => type.Ending), StringComparer.OrdinalIgnoreCase)
    {
        ["jpeg"] = Jpeg,
        ["jpe"] = Jpeg,
        ["jfif"] = Jpeg,
        ["heif"] = Heic,
        ["hif"] = Heic,
        ["tiff"] = Tiff,
    };

    /// <summary>All endings, for the documentation.</summary>
    public static IReadOnlyCollection<string> Endings => ByEnding.Keys;

    public bool IsText => this == Txt || this == Csv || this == Markdown;

    public bool IsTable => this == Csv || this == Xls || this == Xlsx || this == Ods;

    /// <summary>Null when documents with this ending are not kept. A name that is an ending and nothing else has none.</summary>
    public static DocumentType? Of(string name) => EndingOf(name) is { } ending ? ByEnding.GetValueOrDefault(ending) : null;

    public static string? EndingOf(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[(dot + 1)..] : null;
}
