namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// Finds the type of a content, whatever its name says: by its first bytes, and for a container by the names in it. It refuses files that are no documents. It does
/// not judge the contents of a document.
/// </summary>
public sealed class ContentInspection(DocumentType named)
{
    private ContainerScan? _scan;
    private Result<DocumentType> _found;

    /// <summary>The refusal, if the first bytes show that it is no document.</summary>
    public Refusal? Begin(ReadOnlySpan<byte> start)
    {
        if (FileSignatures.IsZip(start))
        {
            _scan = new ZipScan(named);
        }
        else if (FileSignatures.IsCompoundFile(start))
        {
            _scan = new CompoundFileScan(named);
        }
        else
        {
            _found = Find(start);
        }
        return _found.Refusal;
    }

    /// <summary>The whole content, piece by piece, from its first byte.</summary>
    public void Append(ReadOnlySpan<byte> content) => _scan?.Append(content);

    public Result<DocumentType> End() => _scan?.End() ?? _found;

    private Result<DocumentType> Find(ReadOnlySpan<byte> start)
    {
        var isText = FileSignatures.IsText(start);
        if (named.IsText && isText)
        {
            return FileSignatures.IsPdf(start) ? DocumentType.Pdf : FileSignatures.IsRtf(start) ? DocumentType.Rtf : named;
        }
        if (!start.ContainsAnyExcept((byte)0))
        {
            return UnkeptContent.Refuse(UnkeptContent.Empty);
        }
        if (FileSignatures.Find(start) is { } found)
        {
            return found;
        }
        if (FileSignatures.HasPdfHeader(start) && (named == DocumentType.Pdf || !isText))
        {
            return DocumentType.Pdf;
        }
        return isText ? TextContent.Find(start, named) : UnkeptContent.Refuse(UnkeptContent.Unknown);
    }
}
