using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using VoucherFunctions.Local;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests;
using VoucherFunctions.Worker.Tests.Host;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>Tables and containers of their own on Azurite, an office that issues, and this app to run over them: the native head, or the worker behind a stand-in for the Functions host.</summary>
internal sealed class VoucherSystem
{
    private const int MostAtOnce = 1000;
    private readonly AzuriteFixture _azurite;
    private readonly TableServiceClient _tables;
    private string _key = "";

    private VoucherSystem(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _tables = new TableServiceClient(azurite.ConnectionString);
    }

    private string Prefix { get; } = $"b{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    public static async Task<VoucherSystem> NewAsync(AzuriteFixture azurite)
    {
        var system = new VoucherSystem(azurite);
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        await Task.WhenAll(StorageTables.Names.Select(name => system._tables.CreateTableAsync(system.Prefix + name)));
        await Task.WhenAll(StorageBlobs.Names.Select(name => blobs.CreateBlobContainerAsync(StorageBlobs.ContainerName(system.Prefix, name))));
        await using var app = await ServerProcess.StartAndWaitAsync(system.Native(await Published.NativeAsync()));
        var office = await app.Client.PostAsync("/api/issuers", new { name = "ORP Lausanne", dailyQuota = 1_000_000 }, HostSettings.AdminKey);
        system._key = (await app.Client.PostAsync($"/api/issuers/{office.Json["id"]}/keys", null, HostSettings.AdminKey)).Text("key");
        return system;
    }

    public Launch Native(PublishedHead published, Uri? smtp = null)
    {
        var port = Azurite.FreePort();
        return new Launch(published.Command, published.Arguments, published.Folder, port) { Environment = Settings(port, smtp) };
    }

    public Task<WorkerHost> StartWorkerAsync(PublishedHead published) => WorkerHost.StartAsync(published, Settings(port: 1, null), CancellationToken.None);

    /// <summary>New vouchers, by a native binary that ends again.</summary>
    public async Task<IReadOnlyList<(string Id, string Code)>> IssueAsync(int count)
    {
        await using var app = await ServerProcess.StartAndWaitAsync(Native(await Published.NativeAsync()));
        var vouchers = new List<(string, string)>();
        while (vouchers.Count < count)
        {
            var answer = await app.Client.SendAsync(
                HttpMethod.Post, "/api/vouchers", new { count = Math.Min(MostAtOnce, count - vouchers.Count) }, _key, ("Idempotency-Key", Guid.NewGuid().ToString()));
            vouchers.AddRange(answer.MustBe(HttpStatusCode.Created).Json["vouchers"]!.AsArray()
                .Select(voucher => (voucher!["id"]!.GetValue<string>(), voucher["code"]!.GetValue<string>())));
        }
        return vouchers;
    }

    /// <summary>A table by a client of the given kind.</summary>
    public TableClient Table(string name, TableClientOptions options) => new(_azurite.ConnectionString, Prefix + name, options);

    /// <summary>As the Functions host leaves them. Mail to anybody is dropped when there is no SMTP server.</summary>
    private Dictionary<string, string> Settings(int port, Uri? smtp)
    {
        var settings = HostSettings.Of(port, _azurite.ConnectionString, Prefix, smtp ?? new Uri("smtp://127.0.0.1:1"));
        settings["Mail__AllowedRecipients"] = smtp is null ? "nobody@example.ch" : "";
        return settings;
    }

    public static HttpRequestMessage Registration(string code, int person) => Json.Post(
        "/api/registrations", new { code, name = "Anne Muster", email = string.Create(CultureInfo.InvariantCulture, $"person{person}@example.ch"), language = "fr" });
}
