using System.Text;

namespace VoucherFunctions.Domain.Documents;

/// <summary>The first bytes of file formats.</summary>
internal static class FileSignatures
{
    private static readonly (byte[] Bytes, int At, Result<DocumentType> Content)[] Known =
    [
        .. Are(DocumentType.Pdf, "%PDF-"),
        .. Are(DocumentType.Rtf, "{\\rtf"),
        .. Are(DocumentType.Jpeg, "\u00FF\u00D8\u00FF"),
        .. Are(DocumentType.Png, "\u0089PNG\r\n\u001A\n"),
        .. Are(DocumentType.Gif, "GIF87a", "GIF89a"),
        .. Are(DocumentType.Tiff, "II*\0", "MM\0*"),
        .. Are(UnkeptContent.Refuse(UnkeptContent.Audio), "ID3", "fLaC", "OggS", "#!AMR", "\u00FF\u00FB", "\u00FF\u00F3", "\u00FF\u00F2", "\u00FF\u00F1", "\u00FF\u00F9"),
        .. Are(UnkeptContent.Refuse(UnkeptContent.Program), "MZ", "\u007FELF", "#!", "\u00CA\u00FE\u00BA\u00BE", "\u00CF\u00FA\u00ED\u00FE", "\u00CE\u00FA\u00ED\u00FE", "dex\n", "xar!"),
        .. Are(UnkeptContent.Refuse(UnkeptContent.Shortcut), "L\0\0\0\u0001\u0014\u0002\0", "bplist00"),
        .. Are(UnkeptContent.Refuse(UnkeptContent.Archive), "Rar!\u001A\u0007", "7z\u00BC\u00AF", "\u001F\u008B", "BZh", "\u00FD7zXZ", "MSCF"),
        .. Are(UnkeptContent.Refuse(UnkeptContent.Picture), "8BPS", "%!PS"),
        .. Are(UnkeptContent.Refuse(UnkeptContent.Video), "\u001AE\u00DF\u00A3", "\0\0\u0001\u00BA", "\0\0\u0001\u00B3", "FLV\u0001"),
        ([.. "ustar"u8], 257, UnkeptContent.Refuse(UnkeptContent.Archive)),
    ];

    public static bool IsPdf(ReadOnlySpan<byte> start) => start.StartsWith("%PDF-"u8);

    /// <summary>Readers take a PDF whose header is within the first kilobyte.</summary>
    public static bool HasPdfHeader(ReadOnlySpan<byte> start) => start[..Math.Min(start.Length, 1024)].IndexOf("%PDF-"u8) >= 0;

    public static bool IsRtf(ReadOnlySpan<byte> start) => start.StartsWith("{\\rtf"u8);

    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);

    /// <summary>The container of the older Office formats, and of newer ones with a password.</summary>
    public static bool IsCompoundFile(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <summary>No control characters but those of text; UTF-16, as Windows writes it, with its mark.</summary>
    public static bool IsText(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return true;
        }
        foreach (var value in start)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Null when no known format begins like this.</summary>
    public static Result<DocumentType>? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (bytes, at, content) in Known)
        {
            if (start.Length >= at && start[at..].StartsWith(bytes))
            {
                return content;
            }
        }
        return IsBitmap(start) ? UnkeptContent.Refuse(UnkeptContent.Picture) : FindMedia(start) ?? FindRiff(start);
    }

    /// <summary>ISO media files: pictures of telephones, and their videos. An old QuickTime file has no brand.</summary>
    private static Result<DocumentType>? FindMedia(ReadOnlySpan<byte> start)
    {
        if (start.Length < 12)
        {
            return null;
        }
        return (Ascii(start[4..8]), Ascii(start[8..12])) switch
        {
            ("ftyp", "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "mif1" or "msf1") => DocumentType.Heic,
            ("ftyp", "avif" or "avis") => DocumentType.Avif,
            ("ftyp", "M4A " or "M4B ") => UnkeptContent.Refuse(UnkeptContent.Audio),
            ("ftyp" or "moov" or "mdat" or "wide", _) => UnkeptContent.Refuse(UnkeptContent.Video),
            _ => null,
        };
    }

    private static Result<DocumentType>? FindRiff(ReadOnlySpan<byte> start)
    {
        if (start.Length < 12 || !start.StartsWith("RIFF"u8))
        {
            return null;
        }
        return Ascii(start[8..12]) switch
        {
            "WEBP" => DocumentType.Webp,
            "WAVE" => UnkeptContent.Refuse(UnkeptContent.Audio),
            "AVI " => UnkeptContent.Refuse(UnkeptContent.Video),
            _ => null,
        };
    }

    /// <summary>The two letters alone could begin a text, for instance about cars.</summary>
    private static bool IsBitmap(ReadOnlySpan<byte> start) => start.Length >= 10 && start.StartsWith("BM"u8) && !start[6..10].ContainsAnyExcept((byte)0);

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);

    private static IEnumerable<(byte[] Bytes, int At, Result<DocumentType> Content)> Are(Result<DocumentType> content, params string[] signatures) =>
        signatures.Select(signature => (Encoding.Latin1.GetBytes(signature), 0, content));
}
