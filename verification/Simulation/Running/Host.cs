using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Hosting;
using VoucherFunctions.Mail;
using VoucherFunctions.Registrations;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Simulation.Running;

/// <summary>
/// One process of the app as it composes itself: its middleware, endpoints, jobs and stores, and the real SDK. Put in its place are the transport under the
/// SDK, the clock, the mail service, the derivation of passwords (cheaper), and who takes mail from the dispatcher.
/// </summary>
public sealed class Host : IDisposable
{
    public const string AdminKey = "admin_simulation_key";
    private readonly WebApplication _app;
    private readonly RequestDelegate _handle;
    private IAsyncEnumerator<Posted>? _posted;

    public Host(string name, World world, string hashingKeys, MailQuota quota)
    {
        Name = name;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // Asked for, never started.
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting().AddLogging();
        builder.Configuration.AddInMemoryCollection(Settings).AddInMemoryCollection(
            [new("Keys:Hashing", hashingKeys), new("Mail:PerMinute", $"{quota.PerMinute}"), new("Mail:PerHour", $"{quota.PerHour}")]);
        var (tables, blobs) = (StorageSetup.NewClientOptions(), StorageSetup.NewBlobOptions());
        UseSimulation(tables, world.Traffic.Tables);
        UseSimulation(blobs, world.Traffic.Blobs);
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IMailSender>(world.Mailbox)
            .AddSingleton<NewMailId>(() => new Guid(world.NewId()))
            .AddSingleton<NewActivationNonce>(() => Base32.Encode(world.NewId().AsSpan(0, 10)))
            .AddSingleton(tables)
            .AddSingleton(blobs)
            .AddSingleton<DerivePassword>((_, password, salt) =>
            {
                world.InvariantMonitor.Evaluations.Add(this);
                return SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)]);
            });
        builder.Services.AddVoucherPlatform(builder.Configuration);
        _app = builder.Build();
        _app.UseVoucherPlatform();
        _app.MapTimers();
        IApplicationBuilder pipeline = _app;
        _handle = pipeline.UseEndpoints(_ => { }).Build();
        Clock.Set(world.Now);
    }

    public string Name { get; }

    public SimulatedClock Clock { get; } = new();

    public IServiceProvider Services => _app.Services;

    private MailDispatcher Dispatcher => Services.GetRequiredService<MailDispatcher>();

    private static Dictionary<string, string?> Settings { get; } = new()
    {
        ["Site:Origin"] = "http://localhost:4280",
        ["Site:ServiceName"] = "Kursplatz",
        ["Storage:ConnectionString"] = "TableEndpoint=https://memory.table.core.windows.net/;BlobEndpoint=https://memory.blob.core.windows.net/;SharedAccessSignature=sig=memory",
        ["Keys:Encryption"] = $"1:{Convert.ToBase64String(SHA256.HashData("encryption"u8))}",
        ["Mail:Sender"] = "noreply@voucher.example.ch",
        ["Mail:Smtp"] = "smtp://unused.invalid",
        ["Admin:KeyHashes"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AdminKey))),
        ["Network:TrustedProxies"] = "1",
    };

    /// <summary>A request through the app's whole pipeline, without a server.</summary>
    public async Task<Reply> SendAsync(
        string method, string path, JsonObject? body = null, string? bearer = null, string? cookie = null, string? client = null, string? idempotencyKey = null, string? text = null, string? ifMatch = null, string? account = null, string? device = null)
    {
        var http = new DefaultHttpContext { RequestServices = Services };
        http.Request.Method = method;
        http.Request.Path = path;
        http.Request.Headers["X-Forwarded-For"] = client ?? "192.0.2.1";
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        if (bearer is not null)
        {
            http.Request.Headers.Authorization = $"Bearer {bearer}";
        }
        if ((cookie ?? device) is not null)
        {
            http.Request.Headers.Cookie = string.Join("; ", new[] { ("session", cookie), ("device", device) }.Where(each => each.Item2 is not null).Select(each => $"{each.Item1}={each.Item2}"));
        }
        if (idempotencyKey is not null)
        {
            http.Request.Headers["Idempotency-Key"] = idempotencyKey;
        }
        if (ifMatch is not null)
        {
            http.Request.Headers.IfMatch = ifMatch;
        }
        else if (text is not null)
        {
            http.Request.Headers.IfNoneMatch = "*";
        }
        if (account is not null)
        {
            http.Request.Headers["X-Account"] = account;
        }
        if (text is not null || body is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? body!.ToJsonString());
            http.Request.Body = new MemoryStream(bytes, writable: false);
            http.Request.ContentLength = bytes.Length;
            http.Request.ContentType = text is null ? "application/json" : "text/plain";
            http.Features.Set<IHttpRequestBodyDetectionFeature>(HasBody.Instance);
        }
        using var written = new MemoryStream();
        http.Response.Body = written;
        await _handle(http);
        await http.Response.CompleteAsync();
        var json = http.Response.ContentType?.Contains("json", StringComparison.Ordinal) == true && written.Length > 0
            ? JsonNode.Parse(written.GetBuffer().AsSpan(0, (int)written.Length))
            : null;
        return new Reply(http.Response.StatusCode, http.Response.StatusCode >= 400 ? json?["code"]?.GetValue<string>() : null, json, CookieOf(http.Response, "session")) { Device = CookieOf(http.Response, "device") };
    }

    /// <summary>The timer as the Functions host calls it.</summary>
    public Task<Reply> RunTimerAsync(string name) => SendAsync("POST", $"/{name}");

    /// <summary>Its part of the mail budget is of one minute: asked in the first minute of all, it has none of today.</summary>
    public void ForgetBudget()
    {
        if (!Services.GetRequiredService<SharedMailBudget>().TryTakeAsync(MailLane.Later, DateTimeOffset.MinValue, CancellationToken.None).IsCompleted)
        {
            throw new InvalidOperationException("The budget was not asked at once.");
        }
    }

    /// <summary>The next of what the app left for its background sender; null when there is nothing.</summary>
    public Posted? TakePosted()
    {
        if (Dispatcher.WhenIdleAsync().IsCompleted)
        {
            return null;
        }
        _posted ??= Dispatcher.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        var next = _posted.MoveNextAsync();
        Dispatcher.Finished();
        return next is { IsCompletedSuccessfully: true, Result: true }
            ? _posted.Current
            : throw new InvalidOperationException("What was posted is not there to be read.");
    }

    /// <summary>The SDK repeats as ever, but does not wait: time is the simulation's.</summary>
    private static void UseSimulation(ClientOptions options, HttpPipelineTransport transport)
    {
        options.Transport = transport;
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.MaxDelay = TimeSpan.Zero;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
    }

    public void Dispose() => (Services as IDisposable)?.Dispose();

    private static string? CookieOf(HttpResponse response, string name)
    {
        var start = $"{name}=";
        var value = response.Headers.SetCookie.FirstOrDefault(each => each!.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Split(';')[0];
        return value is "" ? null : value;
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public static HasBody Instance { get; } = new();

        public bool CanHaveBody => true;
    }
}
