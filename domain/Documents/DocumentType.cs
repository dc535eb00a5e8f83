namespace VoucherFunctions.Domain.Documents;

/// <summary>A type of document that may be kept: by the ending of its name, and by a content that begins as such a document does.</summary>
public sealed record DocumentType(string MediaType, Func<ReadOnlySpan<byte>, bool> IsBeginning)
{
    private static readonly Dictionary<string, DocumentType> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pdf"] = new("application/pdf", FileSignatures.IsPdf),
        ["docx"] = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", start => FileSignatures.IsOfficeOpenXml(start, "word/"u8)),
        ["xlsx"] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", start => FileSignatures.IsOfficeOpenXml(start, "xl/"u8)),
        ["pptx"] = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", start => FileSignatures.IsOfficeOpenXml(start, "ppt/"u8)),
        ["odt"] = OpenDocument("application/vnd.oasis.opendocument.text"),
        ["ods"] = OpenDocument("application/vnd.oasis.opendocument.spreadsheet"),
        ["odp"] = OpenDocument("application/vnd.oasis.opendocument.presentation"),
        ["doc"] = new("application/msword", FileSignatures.IsCompoundFile),
        ["xls"] = new("application/vnd.ms-excel", FileSignatures.IsCompoundFile),
        ["ppt"] = new("application/vnd.ms-powerpoint", FileSignatures.IsCompoundFile),
        ["rtf"] = new("application/rtf", start => start.StartsWith("{\\rtf"u8)),
        ["txt"] = new("text/plain", FileSignatures.IsText),
        ["csv"] = new("text/csv", FileSignatures.IsText),
        ["md"] = new("text/markdown", FileSignatures.IsText),
        ["jpg"] = new("image/jpeg", FileSignatures.IsJpeg),
        ["jpeg"] = new("image/jpeg", FileSignatures.IsJpeg),
        ["png"] = new("image/png", start => start.StartsWith(FileSignatures.Png)),
        ["gif"] = new("image/gif", start => start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8)),
        ["webp"] = new("image/webp", start => start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8)),
        ["heic"] = new("image/heic", FileSignatures.IsHeic),
    };

    /// <summary>All endings, for the documentation.</summary>
    public static IReadOnlyCollection<string> Endings => ByEnding.Keys;

    /// <summary>Null when documents with this ending are not kept. A name that is an ending and nothing else has none.</summary>
    public static DocumentType? Of(string name) =>
        name.LastIndexOf('.') is > 0 and var dot && ByEnding.TryGetValue(name[(dot + 1)..], out var type) ? type : null;

    private static DocumentType OpenDocument(string mediaType) => new(mediaType, start => FileSignatures.IsOpenDocument(start, mediaType));
}
