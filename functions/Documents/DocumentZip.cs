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
public sealed class DocumentZip(PersonalDocuments documents, TimeProvider clock)
{
    public Task WriteAsync(SignedIn signedIn, DocumentListing all, Stream target, CancellationToken cancellation) => WriteAsync(target, async zip =>
    {
        var names = new ZipNames();
        var zipped = await AddAsync(zip, signedIn, all.Documents, names, isVerifiedFirst: false, cancellation);
        var missing = zipped.Where(document => document.Path is null).Select(document => document.Document.Name.Value).ToList();
        if (missing.Count + all.Damaged.Count > 0)
        {
            var note = MissingDocumentsNote.In(signedIn.Voucher.Registration!.Language);
            await zip.AddAsync(names.Take(note.FileName), clock.GetUtcNow(), Encoding.UTF8.GetBytes(note.Text(missing, all.Damaged.Count)), cancellation);
        }
    }, cancellation);

    /// <summary>The directory at the end is written only when everything went well.</summary>
    public static async Task WriteAsync(Stream target, Func<ZipWriter, Task> fill, CancellationToken cancellation)
    {
        var zip = new ZipWriter(target);
        await fill(zip);
        await zip.FinishAsync(cancellation);
    }

    /// <summary>What was removed meanwhile is not among the answers.</summary>
    /// <param name="isVerifiedFirst">Long contents, too: they are read twice.</param>
    public async Task<IReadOnlyList<ZippedDocument>> AddAsync(
        ZipWriter zip, SignedIn signedIn, IReadOnlyList<Document> all, ZipNames names, bool isVerifiedFirst, CancellationToken cancellation)
    {
        var zipped = new List<ZippedDocument>();
        foreach (var document in all)
        {
            if ((await documents.OpenAsync(signedIn, document, isVerifiedFirst, cancellation)).IsRefused(out var refusal, out var open))
            {
                zipped.AddRange(refusal.Is(Problems.DocumentUnknown) ? [] : [new ZippedDocument(document, null)]);
                continue;
            }
            using (open)
            {
                var content = open.Content;
                var path = names.Take(open.Name.FileName);
                await zip.AddAsync(path, content.Stored.ModifiedAt, content.Stored.Size, content.Crc32, content.WriteAsync, cancellation);
                zipped.Add(new ZippedDocument(new Document(open.Name, content.Stored), path));
            }
        }
        return zipped;
    }
}
