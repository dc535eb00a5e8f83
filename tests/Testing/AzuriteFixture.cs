using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using VoucherFunctions.InMemoryStorage.Blobs;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Local;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>
/// One storage for all tests of an assembly; each test has tables of its own in it. It is Azurite, with passwords hashed as in production. With
/// <c>VOUCHER_STORAGE=memory</c> it is a storage in this process, which keeps the same contract (<c>StorageContract</c>), and passwords are hashed plainly: a third of
/// the processor time. The gate runs the tests in memory. Tests with the trait <c>Storage=Azurite</c> run on Azurite alone, tests with <c>Storage=both</c> on both.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const string InMemory = "TableEndpoint=https://memory.table.core.windows.net/;BlobEndpoint=https://memory.blob.core.windows.net/;SharedAccessSignature=sig=memory";
    private readonly MemoryTables? _tables = Environment.GetEnvironmentVariable("VOUCHER_STORAGE") == "memory" ? new MemoryTables() : null;
    private readonly MemoryBlobs _blobs = new();
    private Azurite? _azurite;

    public bool IsInMemory => _tables is not null;

    public string ConnectionString => _tables is null ? _azurite!.ConnectionString : InMemory;

    public async ValueTask InitializeAsync()
    {
        if (_tables is null)
        {
            _azurite = await Azurite.StartAsync(Path.Combine(Repository.Root, "local"), dataFolder: null, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A client of this storage, made with these options, finds it.</summary>
    public TableClientOptions Reach(TableClientOptions options) => Reach(options, _tables?.Transport);

    public BlobClientOptions Reach(BlobClientOptions options) => Reach(options, _tables is null ? null : _blobs.Transport);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private static T Reach<T>(T options, HttpPipelineTransport? transport)
        where T : ClientOptions
    {
        options.Transport = transport ?? options.Transport;
        return options;
    }
}
