using System.Buffers.Binary;
using System.Text;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// How contents begin. It keeps a program out that merely calls itself a document; what is inside a document of the right type is nobody's business here.
/// </summary>
internal static class FileSignatures
{
    private const int ZipNameAt = 30;
    private static ReadOnlySpan<byte> ZipEntry => "PK\u0003\u0004"u8;

    public static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Readers take a PDF whose header is within the first kilobyte.</summary>
    public static bool IsPdf(ReadOnlySpan<byte> start) => start[..Math.Min(start.Length, 1024)].IndexOf("%PDF-"u8) >= 0;

    public static bool IsJpeg(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    /// <summary>The container of the older Office formats.</summary>
    public static bool IsCompoundFile(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <summary>A ZIP whose first entry is one that such documents have; which one comes first depends on the program.</summary>
    public static bool IsOfficeOpenXml(ReadOnlySpan<byte> start, ReadOnlySpan<byte> folder)
    {
        var first = FirstZipName(start);
        return first.SequenceEqual("[Content_Types].xml"u8) || first.StartsWith("_rels/"u8) || first.StartsWith("docProps/"u8)
            || first.StartsWith("customXml/"u8) || first.StartsWith(folder);
    }

    /// <summary>A ZIP whose first entry is the media type, as the format demands.</summary>
    public static bool IsOpenDocument(ReadOnlySpan<byte> start, string mediaType) =>
        FirstZipName(start).SequenceEqual("mimetype"u8) && start[(ZipNameAt + "mimetype"u8.Length)..].StartsWith(Encoding.ASCII.GetBytes(mediaType));

    /// <summary>An ISO media file of a brand for still pictures; its first box is a short one, so that its length begins with zeros.</summary>
    public static bool IsHeic(ReadOnlySpan<byte> start) => start.Length >= 12 && start.StartsWith("\0\0"u8) && start[4..].StartsWith("ftyp"u8)
        && Encoding.ASCII.GetString(start[8..12]) is "heic" or "heix" or "heim" or "heis" or "mif1" or "msf1";

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
        return !start.StartsWith("%PDF-"u8);
    }

    private static ReadOnlySpan<byte> FirstZipName(ReadOnlySpan<byte> start)
    {
        if (start.Length < ZipNameAt || !start.StartsWith(ZipEntry))
        {
            return default;
        }
        int length = BinaryPrimitives.ReadUInt16LittleEndian(start[26..]);
        return start[ZipNameAt..].Length < length ? default : start.Slice(ZipNameAt, length);
    }
}
