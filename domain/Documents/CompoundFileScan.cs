using System.Buffers.Binary;
using System.Text;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// Finds the type of a compound file by the names in its directory. The directory may lie anywhere; an entry has 128 bytes and begins at a multiple of 128
/// ([MS-CFB] 2.6, https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb).
/// </summary>
internal sealed class CompoundFileScan(DocumentType named) : ContainerScan
{
    private const int LengthAt = 64;
    private const int KindAt = 66;
    private static readonly Dictionary<string, DocumentType> Streams = new()
    {
        ["WordDocument"] = DocumentType.Doc,
        ["Workbook"] = DocumentType.Xls,
        ["Book"] = DocumentType.Xls,
        ["PowerPoint Document"] = DocumentType.Ppt,
    };

    private readonly List<DocumentType> _types = [];
    private bool _isMail;
    private bool _isProtected;

    protected override void Look(ReadOnlySpan<byte> held, int starts)
    {
        for (var at = 0; at < starts; at += Window)
        {
            Note(held.Slice(at, Window));
        }
    }

    protected override Result<DocumentType> Recognise() =>
        _isMail ? UnkeptContent.Refuse(UnkeptContent.Mail)
        : _types.Contains(named) ? named
        : _types.Count > 0 ? _types[0]
        : !_isProtected ? UnkeptContent.Refuse(UnkeptContent.Unknown)
        : OfProtected(named) is { } type ? type
        : UnkeptContent.Refuse(UnkeptContent.Protected);

    private void Note(ReadOnlySpan<byte> entry)
    {
        // The length in bytes includes the final zero. Kinds: 1 a storage, 2 a stream, 5 the root.
        var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[LengthAt..]);
        if (length is < 4 or > LengthAt || entry[KindAt] is not (1 or 2 or 5))
        {
            return;
        }
        var name = Encoding.Unicode.GetString(entry[..(length - 2)]);
        _isMail |= name == "__properties_version1.0";
        _isProtected |= name == "EncryptedPackage";
        if (Streams.TryGetValue(name, out var type) && !_types.Contains(type))
        {
            _types.Add(type);
        }
    }

    /// <summary>A file with a password hides its format, so the name decides. It is kept, like a PDF with a password.</summary>
    private static DocumentType? OfProtected(DocumentType named) =>
        named == DocumentType.Doc || named == DocumentType.Docx ? DocumentType.Docx
        : named == DocumentType.Xls || named == DocumentType.Xlsx ? DocumentType.Xlsx
        : named == DocumentType.Ppt || named == DocumentType.Pptx ? DocumentType.Pptx
        : null;
}
