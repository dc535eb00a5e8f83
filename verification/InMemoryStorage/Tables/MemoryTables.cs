using Azure;
using Azure.Data.Tables;
using VoucherFunctions.InMemoryStorage.Http;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>A table account in memory behind the real SDK, for one process; requests are answered one after the other, from any thread.</summary>
public sealed class MemoryTables
{
    private readonly Lock _lock = new();

    public MemoryTables(TimeProvider? clock = null)
    {
        Space = new TableSpace((clock ?? TimeProvider.System).GetUtcNow);
        Service = new TableService(Space);
        Transport = new MemoryTransport(request =>
        {
            lock (_lock)
            {
                return Service.Answer(request);
            }
        });
    }

    public TableSpace Space { get; }

    public TableService Service { get; }

    /// <summary>To be set as <see cref="Azure.Core.ClientOptions.Transport"/>.</summary>
    public MemoryTransport Transport { get; }

    public TableServiceClient NewClient() => new(
        new Uri("https://memory.table.core.windows.net"), new AzureSasCredential("sig=memory"), new TableClientOptions { Transport = Transport });
}
