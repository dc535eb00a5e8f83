using System.Globalization;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// A document as it is stored: the row knows its size and when it came, the sealed name everything else. The content is a blob that is written once, under a
/// random name of its own: another content is another blob, and the row changes over.
/// </summary>
public sealed record StoredDocument
{
    /// <summary>A keyed hash of the name: an account has one document of a name. The row's key.</summary>
    public required string Id { get; init; }

    /// <summary>Random: names the content, its key and its version.</summary>
    public required string BlobId { get; init; }

    /// <summary>The content's bytes before it was sealed.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    public required byte[] SealedName { get; init; }

    /// <summary>The content's CRC-32, which a ZIP says before the content; null for documents from before it was kept.</summary>
    public uint? Crc32 { get; init; }

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }

    /// <summary>Strong: another content always has another.</summary>
    public string EntityTag => $"\"{BlobId}\"";

    /// <summary>The rest of the row: the name is sealed together with it, so that none of it can be changed alone.</summary>
    public string SealContext => string.Create(CultureInfo.InvariantCulture, $"document|{Id}|{BlobId}|{Size}|{ModifiedAt.UtcTicks}{(Crc32 is { } crc32 ? $"|{crc32}" : "")}");
}

/// <summary>How much an account keeps. In the state, so that what is counted is committed with what it counts.</summary>
public readonly record struct DocumentTotals(int Count, long Bytes)
{
    public DocumentTotals Add(StoredDocument document) => new(Count + 1, Bytes + document.Size);

    public DocumentTotals Remove(StoredDocument document) => new(Count - 1, Bytes - document.Size);
}
