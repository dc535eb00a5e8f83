using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using VoucherFunctions.Local;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests.Host;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>A published head with tables and containers of its own, an SMTP server, and a view of every storage call it makes.</summary>
public sealed partial class PublishedApp : IAsyncDisposable
{
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly string _prefix;
    private readonly Func<Task<FunctionsHost>> _start;

    private PublishedApp(
        TableServiceClient tables, BlobServiceClient blobs, string prefix, Func<Task<FunctionsHost>> start, FunctionsHost host, SmtpServer smtp, StorageProxy storage)
    {
        (_tables, _blobs, _prefix, _start) = (tables, blobs, prefix, start);
        (Host, Smtp, Storage) = (host, smtp, storage);
        Client = NewClient();
    }

    public FunctionsHost Host { get; private set; }

    public HeadProcess Process => Host.Process;

    public string Log => Host.Log;

    public SmtpServer Smtp { get; }

    public StorageProxy Storage { get; }

    public HttpClient Client { get; private set; }

    public string IssuerKey { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PublishedApp> StartAsync(AzuriteFixture azurite, PublishedHead published, params IEnumerable<KeyValuePair<string, string>> settings)
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
        var environment = HostSettings.Of(port, storage.ConnectionString, prefix, smtp.Uri);
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }
        Task<FunctionsHost> StartHostAsync() => FunctionsHost.StartAsync(published, environment, Cancellation);
        var app = new PublishedApp(tables, blobs, prefix, StartHostAsync, await StartHostAsync(), smtp, storage);
        app.IssuerKey = await app.NewIssuerKeyAsync();
        return app;
    }

    /// <summary>Ends the process and starts another, over the same storage.</summary>
    public async Task RestartAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        Host = await _start();
        Client = NewClient();
    }

    /// <summary>A browser.</summary>
    /// <param name="cookies">The cookies that it has; null: none yet.</param>
    public HttpClient NewClient(CookieContainer? cookies = null) => new(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), MaxConnectionsPerServer = 64 })
    {
        BaseAddress = Host.Address,
    };

    /// <summary>Takes a table away under the running app.</summary>
    public TableClient Table(string name) => _tables.GetTableClient(_prefix + name);

    public async Task DeleteTableAsync(string name) => await _tables.DeleteTableAsync(_prefix + name, Cancellation);

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

    /// <summary>Ends when the app takes no new connections any more.</summary>
    public async Task StopsListeningAsync()
    {
        while (true)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Host.AppPort, Cancellation);
            }
            catch (SocketException)
            {
                return;
            }
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        await Storage.DisposeAsync();
        await Smtp.DisposeAsync();
        await Task.WhenAll(StorageTables.Names.Select(name => _tables.DeleteTableAsync(_prefix + name)));
        await Task.WhenAll(StorageBlobs.Names.Select(name => _blobs.DeleteBlobContainerAsync(StorageBlobs.ContainerName(_prefix, name))));
    }

    private async Task<string> NewIssuerKeyAsync()
    {
        var office = await Client.PostAsync("/api/issuers", new { name = "ORP Test", dailyQuota = 1000 }, HostSettings.AdminKey);
        Assert.True(office.Status == HttpStatusCode.Created, $"{office} {Log}");
        var key = await Client.PostAsync($"/api/issuers/{office.Json["id"]}/keys", null, HostSettings.AdminKey);
        return key.Json["key"]!.GetValue<string>();
    }

    [GeneratedRegex("#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
