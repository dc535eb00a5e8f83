using Azure.Data.Tables;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>All tables and containers as they were at an instant.</summary>
internal sealed class StorageCopy
{
    private readonly Dictionary<string, List<TableEntity>> _tables = [];
    private readonly Dictionary<(string Container, string Blob), BinaryData> _blobs = [];

    public static async Task<StorageCopy> TakeAsync(TestApp app)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var copy = new StorageCopy();
        foreach (var name in StorageTables.Names)
        {
            copy._tables[name] = await app.Table(name).QueryAsync<TableEntity>(cancellationToken: cancellation).ToListAsync(cancellation);
        }
        foreach (var name in StorageBlobs.Names)
        {
            await foreach (var blob in app.Container(name).GetBlobsAsync(cancellationToken: cancellation))
            {
                copy._blobs[(name, blob.Name)] = (await app.Container(name).GetBlobClient(blob.Name).DownloadContentAsync(cancellation)).Value.Content;
            }
        }
        return copy;
    }

    /// <summary>What is there now goes, ledger and receipts included. Rows as they were, or as they are made here.</summary>
    public async Task RestoreAsync(TestApp app, Action<TableEntity>? change = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var (name, rows) in _tables)
        {
            await foreach (var row in app.Table(name).QueryAsync<TableEntity>(cancellationToken: cancellation))
            {
                await app.Table(name).DeleteEntityAsync(row, row.ETag, cancellation);
            }
            foreach (var row in rows)
            {
                change?.Invoke(row);
                await app.Table(name).AddEntityAsync(row, cancellation);
            }
        }
        foreach (var name in StorageBlobs.Names)
        {
            await foreach (var blob in app.Container(name).GetBlobsAsync(cancellationToken: cancellation))
            {
                await app.Container(name).DeleteBlobAsync(blob.Name, cancellationToken: cancellation);
            }
        }
        foreach (var ((container, blob), content) in _blobs)
        {
            await app.Container(container).UploadBlobAsync(blob, content, cancellation);
        }
    }
}
