using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Local;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests;

namespace VoucherFunctions.Benchmarks;

/// <summary>The native binary with an office that issues.</summary>
internal sealed class NativeIssuing : IAsyncDisposable
{
    private const string Prefix = "bench";

    /// <summary>Nobody is sent a mail.</summary>
    private static readonly Uri NoMail = new("smtp://127.0.0.1:1");

    private readonly HeadProcess _process;
    private readonly HttpClient _client;
    private string _key = "";

    private NativeIssuing(HeadProcess process, HttpClient client) => (_process, _client) = (process, client);

    public static async Task<NativeIssuing> StartAsync(AzuriteFixture azurite)
    {
        var tables = new TableServiceClient(azurite.ConnectionString);
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        await Task.WhenAll(StorageTables.Names.Select(name => tables.CreateTableAsync(Prefix + name)));
        await Task.WhenAll(StorageBlobs.Names.Select(name => blobs.CreateBlobContainerAsync(StorageBlobs.ContainerName(Prefix, name))));
        var published = await Published.NativeAsync();
        var port = Azurite.FreePort();
        var process = await HeadProcess.StartAsync(published, HostSettings.Of(port, azurite.ConnectionString, Prefix, NoMail), CancellationToken.None);
        var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        var app = new NativeIssuing(process, client);
        var office = await client.PostAsync("/api/issuers", new { name = "ORP Lausanne", dailyQuota = 1_000_000 }, HostSettings.AdminKey);
        app._key = (await client.PostAsync($"/api/issuers/{office.Json["id"]}/keys", null, HostSettings.AdminKey)).Text("key");
        return app;
    }

    public Task<Answer> IssueAsync(int count, string accept) => _client.SendAsync(
        HttpMethod.Post, "/api/vouchers", new { count }, _key, ("Idempotency-Key", Guid.NewGuid().ToString()), ("Accept", accept));

    /// <summary>KiB, as <c>VmRSS</c> (now) or <c>VmHWM</c> (at most).</summary>
    public double Memory(string kind) => double.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith(kind, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }
}
