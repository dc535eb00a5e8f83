using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.Storage;

/// <summary>One table of our own, behind the app's way to it.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly TableClient _client;
    private readonly Counter _counter;

    private Store(TableClient client, Counter counter) => (_client, _counter, Table) = (client, counter, new Table(client));

    public Table Table { get; }

    /// <summary>What was sent since the table was opened.</summary>
    public int Requests => _counter.Requests;

    public static async Task<Store> OpenAsync(AzuriteFixture azurite)
    {
        var counter = new Counter();
        var options = azurite.Reach(StorageSetup.NewClientOptions());
        options.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        var client = new TableClient(azurite.ConnectionString, $"t{Guid.NewGuid():N}", options);
        await client.CreateAsync();
        counter.Requests = 0;
        return new Store(client, counter);
    }

    public async ValueTask DisposeAsync() => await _client.DeleteAsync();

    private sealed class Counter : HttpPipelineSynchronousPolicy
    {
        public int Requests { get; set; }

        public override void OnSendingRequest(HttpMessage message) => Requests++;
    }
}
