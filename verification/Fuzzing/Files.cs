using System.IO.Compression;
using Microsoft.Net.Http.Headers;
using VoucherFunctions.Domain.Documents;
using static VoucherFunctions.Fuzzing.Parser;

namespace VoucherFunctions.Fuzzing;

internal static class Files
{
    private static readonly Uri Training = new("https://formation.example.ch/api/training/");

    public static void DocumentName(string text)
    {
        if (Domain.Documents.DocumentName.Check(text, out var name) is not null || name is null)
        {
            return;
        }
        Must(Domain.Documents.DocumentName.TryParse(name.Value, out var again) && again == name, "A name changes when it is sent back.");
        text = name.Value;
        Must(Path.GetFileName(text) == text && text is not ("." or "..") && text.IndexOfAny(['/', '\\', '\0', '\r', '\n']) < 0, "A name is a path.");
        Must(Uri.UnescapeDataString(Uri.EscapeDataString(text)) == text, "A name does not survive a URL.");
        var forFiles = PortableFileName.Of(text);
        Must(forFiles.IndexOfAny([':', '*', '?', '"', '<', '>', '|', '/', '\\']) < 0, "A file's name has what Windows forbids.");
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(forFiles);
        var header = disposition.ToString();
        Must(header.All(c => c is >= ' ' and < '\u007f'), "The header of a download has a character that headers have not.");
        Must(ContentDispositionHeaderValue.TryParse(header, out var read) && read.FileNameStar.ToString() == forFiles, "A browser would save under another name.");
        MustBeAnEntry(forFiles);
    }

    public static void TrainingPath(string text)
    {
        if (!VoucherFunctions.Training.TrainingPath.TryParse(text, out var path))
        {
            return;
        }
        Must(!path.BlobName.Split('/').Any(segment => segment is "" or "." or ".."), "A path has a segment that leads elsewhere.");
        var address = new Uri(Training, path.Escaped);
        Must(address.AbsolutePath.StartsWith(Training.AbsolutePath, StringComparison.Ordinal) && address.Host == Training.Host, "A path leads out of the training.");
        Must(Uri.UnescapeDataString(address.AbsolutePath[Training.AbsolutePath.Length..]) == path.Value, "A path does not survive a URL.");
    }

    public static void Content(byte[] bytes)
    {
        foreach (var ending in DocumentType.Endings)
        {
            var named = DocumentType.Of($"a.{ending}")!;
            var inspection = new ContentInspection(named);
            var isKept = inspection.Begin(bytes.AsSpan(0, Math.Min(bytes.Length, 4096))) is null;
            inspection.Append(bytes);
            isKept = isKept && inspection.End().Refusal is null;
            Must(!isKept || named.IsText || !bytes.AsSpan().StartsWith("MZ"u8), "A program is taken for a document.");
        }
    }

    private static void MustBeAnEntry(string name)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry(name);
        }
        using var read = new ZipArchive(file, ZipArchiveMode.Read);
        Must(read.Entries is [var entry] && entry.FullName == name && entry.Name == name, "A ZIP would unpack it elsewhere.");
    }
}
