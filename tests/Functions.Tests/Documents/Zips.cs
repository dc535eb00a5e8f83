using System.IO.Compression;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

internal static class Zips
{
    /// <summary>Every entry with its content.</summary>
    public static async Task<Dictionary<string, byte[]>> ReadAsync(byte[] zip)
    {
        await using var archive = await ZipArchive.CreateAsync(
            new MemoryStream(zip), ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, TestContext.Current.CancellationToken);
        var entries = new Dictionary<string, byte[]>();
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            entries.Add(entry.FullName, content.ToArray());
        }
        return entries;
    }
}
