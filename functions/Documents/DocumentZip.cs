using System.Globalization;
using System.IO.Compression;
using VoucherFunctions.Accounts;

namespace VoucherFunctions.Documents;

/// <summary>
/// All documents as one ZIP, made while it is sent. A content is verified chunk by chunk on its way; at the first that is not as it was stored the answer breaks
/// off, which leaves a ZIP without the directory at its end: no program opens it.
/// </summary>
public sealed class DocumentZip(PersonalDocuments documents)
{
    public Task WriteAsync(SignedIn signedIn, IReadOnlyList<Document> all, Stream target, CancellationToken cancellation) =>
        WriteAsync(target, zip => AddAsync(zip, signedIn, all, folder: "", cancellation), cancellation);

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

    /// <summary>Most documents are compressed already: they are stored as they are.</summary>
    public async Task AddAsync(ZipArchive zip, SignedIn signedIn, IReadOnlyList<Document> all, string folder, CancellationToken cancellation)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var document in all)
        {
            var entry = zip.CreateEntry(folder + NameOf(document, taken), CompressionLevel.NoCompression);
            entry.LastWriteTime = document.Stored.ModifiedAt;
            await using var content = await entry.OpenAsync(cancellation);
            await documents.WriteAsync(signedIn, document, content, cancellation);
        }
    }

    /// <summary>Two names that differ in case only are one file on many computers.</summary>
    private static string NameOf(Document document, HashSet<string> taken)
    {
        var name = document.Name.ForFiles();
        var (stem, ending) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var number = 2; !taken.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem} ({number}){ending}");
        }
        return name;
    }
}
