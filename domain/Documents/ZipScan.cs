using System.Buffers.Binary;
using System.Text;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// Finds the type of a ZIP by the names of its entries. A document may embed others, so several types may be found: the type of its name counts, otherwise the first.
/// </summary>
internal sealed class ZipScan(DocumentType named) : ContainerScan
{
    private const int NameAt = 30;

    /// <summary>An entry of every document of the newer Office formats, and of some other packages.</summary>
    private const string ContentTypes = "[Content_Types].xml";
    private static readonly DocumentType[] OpenDocuments = [DocumentType.Odt, DocumentType.Ods, DocumentType.Odp];
    private readonly List<DocumentType> _types = [];
    private bool _isFirst = true;
    private bool _isPackage;
    private bool _hasMacros;
    private bool _isApple;
    private DocumentType? _openDocument;

    protected override void Look(ReadOnlySpan<byte> held, int starts)
    {
        for (var at = 0; at < starts; at++)
        {
            var next = held[at..].IndexOf("PK\u0003\u0004"u8);
            if (next < 0 || (at += next) >= starts)
            {
                return;
            }
            Note(held.Slice(at, Window));
        }
    }

    protected override Result<DocumentType> Recognise() =>
        _openDocument is { } openDocument ? openDocument
        : _hasMacros ? UnkeptContent.Refuse(UnkeptContent.Macros)
        : _types.Contains(named) ? named
        : _types.Count > 0 ? _types[0]
        : UnkeptContent.Refuse(_isApple ? UnkeptContent.Apple : _isPackage ? UnkeptContent.Unknown : UnkeptContent.Archive);

    private void Note(ReadOnlySpan<byte> entry)
    {
        var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(entry[26..]), (ushort)(Window - NameAt));
        // Some programs write backslashes.
        var name = Encoding.UTF8.GetString(entry.Slice(NameAt, length)).Replace('\\', '/');
        if (_isFirst && name == "mimetype")
        {
            var content = Encoding.ASCII.GetString(entry[Math.Min(Window, NameAt + length + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]))..]);
            _openDocument = OpenDocuments.FirstOrDefault(type => content.StartsWith(type.MediaType, StringComparison.Ordinal));
        }
        _isFirst = false;
        _isPackage |= name is ContentTypes or "mimetype";
        _hasMacros |= name.EndsWith("/vbaProject.bin", StringComparison.OrdinalIgnoreCase);
        _isApple |= name.EndsWith(".iwa", StringComparison.Ordinal) || name is "Index.zip" or "index.apxl" or "buildVersionHistory.plist";
        if (TypeOf(name) is { } type && !_types.Contains(type))
        {
            _types.Add(type);
        }
    }

    private static DocumentType? TypeOf(string name) =>
        name.StartsWith("word/", StringComparison.OrdinalIgnoreCase) ? DocumentType.Docx
        : name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase) ? DocumentType.Xlsx
        : name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase) ? DocumentType.Pptx
        : null;
}
