using System.IO.Compression;
using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Documents;

/// <summary>What became of a document in a ZIP.</summary>
/// <param name="Path">Its name in it; null when its content is lost or damaged and was left out.</param>
public sealed record ZippedDocument(Document Document, string? Path);

/// <summary>
/// All documents as one ZIP, made while it is sent. What is lost or damaged is left out, and a text says so, as far as it is known before the first byte of the
/// document. A long content is verified chunk by chunk on its way; at the first that is not as it was stored the answer breaks off, which leaves a ZIP without the
/// directory at its end: no program opens it.
/// </summary>
public sealed class DocumentZip(PersonalDocuments documents)
{
    public Task WriteAsync(SignedIn signedIn, DocumentListing all, Stream target, CancellationToken cancellation) => WriteAsync(target, async zip =>
    {
        var names = new ZipNames();
        var zipped = await AddAsync(zip, signedIn, all.Documents, names, isVerifiedFirst: false, cancellation);
        var missing = zipped.Where(document => document.Path is null).Select(document => document.Document.Name.Value).ToList();
        if (missing.Count + all.Damaged.Count > 0)
        {
            var note = MissingDocumentsNote.In(signedIn.Voucher.Registration!.Language);
            var entry = zip.CreateEntry(names.Take(note.FileName), CompressionLevel.NoCompression);
            await using var content = await entry.OpenAsync(cancellation);
            await content.WriteAsync(Encoding.UTF8.GetBytes(note.Text(missing, all.Damaged.Count)), cancellation);
        }
    }, cancellation);

    /// <summary>
    /// The directory at the end is written only when everything went well: disposing of the archive would write it after a failure too, and make a part look whole.
    /// </summary>
    public static async Task WriteAsync(Stream target, Func<ZipArchive, Task> fill, CancellationToken cancellation)
    {
        await using var held = new ZipTarget(target);
        var zip = await ZipArchive.CreateAsync(held, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        await fill(zip);
        await zip.DisposeAsync();
        await held.WriteHeldAsync(cancellation);
    }

    /// <summary>Most documents are compressed already: they are stored as they are. What was removed meanwhile is not among the answers.</summary>
    /// <param name="isVerifiedFirst">Long contents, too: they are read twice.</param>
    public async Task<IReadOnlyList<ZippedDocument>> AddAsync(
        ZipArchive zip, SignedIn signedIn, IReadOnlyList<Document> all, ZipNames names, bool isVerifiedFirst, CancellationToken cancellation)
    {
        var zipped = new List<ZippedDocument>();
        foreach (var document in all)
        {
            if ((await documents.OpenAsync(signedIn, document, isVerifiedFirst, cancellation)).IsRefused(out var refusal, out var content))
            {
                zipped.AddRange(refusal.Is(Problems.DocumentUnknown) ? [] : [new ZippedDocument(document, null)]);
                continue;
            }
            using (content)
            {
                var entry = zip.CreateEntry(names.Take(document.Name.ForFiles()), CompressionLevel.NoCompression);
                entry.LastWriteTime = content.Stored.ModifiedAt;
                await using var target = await entry.OpenAsync(cancellation);
                await content.WriteAsync(target, cancellation);
                zipped.Add(new ZippedDocument(document with { Stored = content.Stored }, entry.FullName));
            }
        }
        return zipped;
    }
}
