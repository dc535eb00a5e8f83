using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using VoucherFunctions.Local;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Native.Tests;

/// <summary>The native binary with tables and containers of its own, an SMTP server, and a view of every storage call it makes.</summary>
public sealed partial class NativeApp : IAsyncDisposable
{
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly string _prefix;
    private readonly int _port;

    private NativeApp(
        TableServiceClient tables, BlobServiceClient blobs, string prefix, int port, NativeProcess process, SmtpServer smtp, StorageProxy storage)
    {
        (_tables, _blobs, _prefix, _port) = (tables, blobs, prefix, port);
        (Process, Smtp, Storage) = (process, smtp, storage);
        Client = NewClient();
    }

    public NativeProcess Process { get; }

    public SmtpServer Smtp { get; }

    public StorageProxy Storage { get; }

    public int Port => _port;

    public HttpClient Client { get; }

    public string IssuerKey { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<NativeApp> StartAsync(AzuriteFixture azurite, PublishedFixture published, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var prefix = $"n{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var tables = new TableServiceClient(azurite.ConnectionString);
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        await Task.WhenAll(StorageTables.Names.Select(name => tables.CreateTableAsync(prefix + name, Cancellation)));
        await Task.WhenAll(StorageBlobs.Names.Select(name =>
            blobs.CreateBlobContainerAsync(StorageBlobs.ContainerName(prefix, name), cancellationToken: Cancellation)));
        var smtp = await SmtpServer.StartAsync();
        var storage = await StorageProxy.StartAsync(azurite.ConnectionString);
        var port = Azurite.FreePort();
        var environment = NativeSettings.Of(port, storage.ConnectionString, prefix, smtp.Uri);
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }
        var process = await NativeProcess.StartAsync(published, environment, Cancellation);
        var app = new NativeApp(tables, blobs, prefix, port, process, smtp, storage);
        app.IssuerKey = await app.NewIssuerKeyAsync();
        return app;
    }

    /// <summary>Another browser: no cookies yet.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 64 })
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}")),
    };

    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient(StorageBlobs.ContainerName(_prefix, name));

    public Task<Answer> IssueAsync(int count, string idempotencyKey) => Client.SendAsync(
        HttpMethod.Post, "/api/vouchers", new { count }, IssuerKey, ("Idempotency-Key", idempotencyKey));

    public async Task<string> NewCodeAsync() => (await IssueAsync(1, Guid.NewGuid().ToString())).Json["vouchers"]![0]!["code"]!.GetValue<string>();

    /// <summary>The token in the next mail to this address.</summary>
    public async Task<string> TokenAsync(string address)
    {
        var mail = await Smtp.NextToAsync(address, Cancellation);
        return Token().Match(mail.Text) is { Success: true } found ? found.Groups[1].Value : throw new InvalidDataException($"No link: {mail.Text}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
        await Storage.DisposeAsync();
        await Smtp.DisposeAsync();
        await Task.WhenAll(StorageTables.Names.Select(name => _tables.DeleteTableAsync(_prefix + name)));
        await Task.WhenAll(StorageBlobs.Names.Select(name => _blobs.DeleteBlobContainerAsync(StorageBlobs.ContainerName(_prefix, name))));
    }

    private async Task<string> NewIssuerKeyAsync()
    {
        var office = await Client.PostAsync("/api/issuers", new { name = "ORP Test", dailyQuota = 1000 }, NativeSettings.AdminKey);
        Assert.True(office.Status == HttpStatusCode.Created, $"{office} {Process.Log}");
        var key = await Client.PostAsync($"/api/issuers/{office.Json["id"]}/keys", null, NativeSettings.AdminKey);
        return key.Json["key"]!.GetValue<string>();
    }

    [GeneratedRegex("#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
