using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VoucherFunctions.Hosting;
using VoucherFunctions.Issuers;
using VoucherFunctions.Keys;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing.Answers;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>What a test may change of its app before it starts.</summary>
public sealed class TestAppOptions
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Settings by their configuration name, as <c>Mail:Sender</c>.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Another instance on the tables of this one, with its clock and its mailbox.</summary>
    public TestApp? Beside { get; set; }

    public Action<TableClientOptions>? Tables { get; set; }

    public Action<BlobClientOptions>? Blobs { get; set; }

    public Action<IServiceCollection>? Services { get; set; }
}

/// <summary>
/// The real app over real HTTP (Kestrel on a free port) and Azurite, with tables and containers of its own, a clock that the test moves, and a captured mailbox.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string AdminKey = "admin_test_key";
    private readonly WebApplication _app;
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly string _prefix;
    private readonly bool _ownsStorage;

    private TestApp(
        WebApplication app,
        TableServiceClient tables,
        BlobServiceClient blobs,
        string prefix,
        bool ownsStorage,
        FakeTimeProvider clock,
        TestMailbox mailbox,
        StorageCalls calls)
    {
        (_app, _tables, _blobs, _prefix, _ownsStorage) = (app, tables, blobs, prefix, ownsStorage);
        (Clock, Mailbox, Calls) = (clock, mailbox, calls);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(address);
        Client = NewClient();
    }

    public Uri Address { get; }

    public FakeTimeProvider Clock { get; }

    public TestMailbox Mailbox { get; }

    public StorageCalls Calls { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>A client with a cookie jar, as one browser.</summary>
    public HttpClient Client { get; }

    /// <summary>The key of an office that may issue as much as it likes.</summary>
    public string IssuerKey { get; private set; } = "";

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<TestApp> StartAsync(AzuriteFixture azurite, Action<TestAppOptions>? configure = null)
    {
        var options = new TestAppOptions();
        configure?.Invoke(options);
        var prefix = options.Beside?._prefix ?? $"t{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var tables = new TableServiceClient(azurite.ConnectionString, azurite.Reach(new TableClientOptions()));
        var blobs = new BlobServiceClient(azurite.ConnectionString, azurite.Reach(new BlobClientOptions()));
        if (options.Beside is null)
        {
            await Task.WhenAll(StorageTables.Names.Select(name => tables.CreateTableAsync(prefix + name)));
            await Task.WhenAll(StorageBlobs.Names.Select(name => blobs.CreateBlobContainerAsync(StorageBlobs.ContainerName(prefix, name))));
        }

        var clock = options.Beside?.Clock ?? new FakeTimeProvider(options.Now);
        var mailbox = options.Beside?.Mailbox ?? new TestMailbox();
        var calls = new StorageCalls();
        var tableClient = azurite.Reach(StorageSetup.NewClientOptions());
        tableClient.AddPolicy(calls, HttpPipelinePosition.PerRetry);
        options.Tables?.Invoke(tableClient);
        var blobClient = azurite.Reach(StorageSetup.NewBlobOptions());
        blobClient.AddPolicy(calls, HttpPipelinePosition.PerRetry);
        options.Blobs?.Invoke(blobClient);
        var builder = Server.CreateBuilder();
        builder.UseCustomHandler();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(Settings(azurite.ConnectionString, prefix)).AddInMemoryCollection(options.Settings);
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IMailSender>(mailbox).AddSingleton(tableClient).AddSingleton(blobClient);
        options.Services?.Invoke(builder.Services);
        if (azurite.IsInMemory)
        {
            // Argon2id takes some 30 ms of a processor each time.
            builder.Services.AddSingleton<DerivePassword>((_, password, salt) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)]));
        }
        builder.Services.AddVoucherPlatform(builder.Configuration);

        var app = builder.Build();
        app.Use((_, next) => calls.RecordAsync(next));
        app.UseVoucherPlatform();
        app.MapTimers();
        await app.StartAsync();
        // So that what it records does not come in the middle of what a test compares.
        await app.Services.GetServices<IHostedService>().OfType<KeyRingMonitorAtStart>().Single().ExecuteTask!;
        var test = new TestApp(app, tables, blobs, prefix, options.Beside is null, clock, mailbox, calls);
        test.IssuerKey = options.Beside?.IssuerKey ?? await test.NewIssuerKeyAsync();
        return test;
    }

    /// <summary>Another process on the tables of this one, whose clock is so much behind and stands still.</summary>
    public static Task<TestApp> StartBehindAsync(AzuriteFixture azurite, TestApp app, TimeSpan behind) => StartAsync(azurite, options =>
    {
        options.Beside = app;
        options.Services = services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(app.Now - behind));
    });

    /// <summary>Another browser: no cookies yet.</summary>
    public HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 256 };
        return new HttpClient(AnswerCheck.Current is { } check ? new AnswerRecorder(handler, check) : handler) { BaseAddress = Address };
    }

    public async Task<string> NewIssuerKeyAsync(string name = "ORP Test", int dailyQuota = 1_000_000)
    {
        var office = await AdminAsync(HttpMethod.Post, "/api/issuers", new { name, dailyQuota });
        var key = await AdminAsync(HttpMethod.Post, $"/api/issuers/{office.Json["id"]}/keys");
        return key.Json["key"]!.GetValue<string>();
    }

    /// <summary>Moves the clock to an instant in UTC, as <c>2027-02-20T23:00:00Z</c>. No timer runs by itself.</summary>
    public void MoveTo(string instant) => MoveTo(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

    public void MoveTo(DateTimeOffset instant) => Clock.SetUtcNow(instant);

    /// <summary>A request with the administrator's key.</summary>
    public Task<Answer> AdminAsync(HttpMethod method, string path, object? body = null) => Client.SendAsync(method, path, body, AdminKey);

    /// <summary>Runs a timer as the Functions host calls it.</summary>
    public Task<(int Due, int Done)> RunTimerAsync<TJob>()
        where TJob : ITimerJob => RunTimerAsync(typeof(TJob).Name);

    public async Task<(int Due, int Done)> RunTimerAsync(string function)
    {
        var answer = await Client.PostAsync($"/{function}", new { Data = new { }, Metadata = new { } });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await SettleAsync();
        var report = answer.Json["returnValue"]!;
        return (report["due"]!.GetValue<int>(), report["done"]!.GetValue<int>());
    }

    /// <summary>All timers once, the mail last.</summary>
    public async Task RunAllTimersAsync()
    {
        await RunTimerAsync<RemoveUnactivatedRegistrations>();
        await RunTimerAsync<SendExpiryReminders>();
        await RunTimerAsync<LockExpiredAccounts>();
        await RunTimerAsync<DeleteExpiredData>();
        await RunTimerAsync<RemoveOrphanBlobs>();
        await RunTimerAsync<SendPendingMail>();
    }

    /// <summary>Completes when the mail that was committed so far has been tried once in the background.</summary>
    public Task SettleAsync() => Services.GetRequiredService<MailDispatcher>().WhenIdleAsync();

    /// <summary>Every property of every row of the tables (all of them unless named), as text, one line a row.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync(params string[] names)
    {
        // It is noted in the background, and must not come between two dumps that a test compares.
        await Services.GetRequiredService<KeyUses>().WhenWrittenAsync();
        var lines = new List<string>();
        foreach (var name in names.Length == 0 ? StorageTables.Names : names)
        {
            await foreach (var entity in _tables.GetTableClient(_prefix + name).QueryAsync<TableEntity>())
            {
                lines.Add($"{name}: {string.Join(" | ", entity.Select(property => $"{property.Key}={Text(property.Value)}"))}");
            }
        }
        return lines;
    }

    public TableClient Table(string name) => _tables.GetTableClient(_prefix + name);

    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient(StorageBlobs.ContainerName(_prefix, name));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (!_ownsStorage)
        {
            return;
        }
        await Task.WhenAll(StorageTables.Names.Select(name => _tables.DeleteTableAsync(_prefix + name)));
        await Task.WhenAll(StorageBlobs.Names.Select(name => Container(name).DeleteAsync()));
    }

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexStringLower(bytes) : value.ToString() ?? "";

    private static Dictionary<string, string?> Settings(string connectionString, string prefix) => new()
    {
        // http, so that the clients of the tests send the session cookie back.
        ["Site:Origin"] = "http://localhost:4280",
        ["Site:ServiceName"] = "Kursplatz",
        ["Storage:ConnectionString"] = connectionString,
        ["Storage:TablePrefix"] = prefix,
        ["Keys:Hashing"] = $"1:{Convert.ToBase64String(SHA256.HashData("hashing"u8))}",
        ["Keys:Encryption"] = $"1:{Convert.ToBase64String(SHA256.HashData("encryption"u8))}",
        ["Mail:Sender"] = "noreply@voucher.example.ch",
        ["Mail:Smtp"] = "smtp://unused.invalid",
        ["Admin:KeyHashes"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AdminKey))),
        ["Network:TrustedProxies"] = "1",
    };
}
