using Azure.Data.Tables;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>All rows of all tables and all contents at one moment, to be put back later.</summary>
internal sealed class Backup
{
    private readonly List<(string Table, TableEntity Row)> _rows = [];
    private readonly Dictionary<string, BinaryData> _blobs = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Backup> TakeAsync(TestApp app)
    {
        var backup = new Backup();
        foreach (var table in StorageTables.Names)
        {
            await foreach (var row in app.Table(table).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                backup._rows.Add((table, row));
            }
        }
        foreach (var name in await BlobNames.OfAsync(app))
        {
            backup._blobs[name] = (await app.Container("documents").GetBlobClient(name).DownloadContentAsync(Cancellation)).Value.Content;
        }
        return backup;
    }

    /// <summary>Puts back what is not there any more; rows as they were, or as they are made here.</summary>
    public async Task RestoreAsync(TestApp app, Action<TableEntity>? change = null)
    {
        foreach (var (table, row) in _rows)
        {
            change?.Invoke(row);
            if (!(await app.Table(table).GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: Cancellation)).HasValue)
            {
                await app.Table(table).AddEntityAsync(row, Cancellation);
            }
        }
        foreach (var (name, content) in _blobs)
        {
            await app.Container("documents").GetBlobClient(name).UploadAsync(content, overwrite: true, Cancellation);
        }
    }
}
