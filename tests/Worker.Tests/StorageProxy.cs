using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace VoucherFunctions.Worker.Tests;

/// <summary>
/// Stands between the binary and the tables and blobs of Azurite, notes what kind of call had what end, and can lose answers: a write is then applied and
/// repeated, as the SDK does when it hears nothing, and the binary is told the end of the repetition.
/// </summary>
public sealed partial class StorageProxy : IAsyncDisposable
{
    private static readonly HashSet<string> OfConnection = new(["Connection", "Host", "Keep-Alive", "Transfer-Encoding"], StringComparer.OrdinalIgnoreCase);
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 });
    private readonly string _connectionString;
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentDictionary<string, bool> _wasLost = new();

    private StorageProxy(WebApplication app, string connectionString)
    {
        _app = app;
        _connectionString = connectionString;
    }

    /// <summary>Loses the answer of every other write of a row; those to mail are spared, since a mail in doubt waits for the end of its lease.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>The download that is held back, if any.</summary>
    public BlobHold? Hold { get; set; }

    /// <summary>Each service at a port of the proxy's own, in the order of the connection string.</summary>
    public string ConnectionString
    {
        get
        {
            var urls = new Queue<string>(_app.Urls);
            return Endpoint().Replace(_connectionString, endpoint => $"{endpoint.Groups[1].Value}{urls.Dequeue()}");
        }
    }

    /// <summary>Every kind of call that was made, as <c>PUT row 412</c>; a batch with the end of its first failure, or of its first change.</summary>
    public IReadOnlyCollection<string> Calls => [.. _calls.Keys];

    public static async Task<StorageProxy> StartAsync(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var _ in Endpoint().Matches(connectionString))
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
        });
        var proxy = new StorageProxy(builder.Build(), connectionString);
        proxy._app.Run(proxy.ServeAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (service, host) = ServiceOf(context.Connection.LocalPort);
        if (LosesAnswers && IsLost(context.Request.Method, target, body))
        {
            using var lost = await ForwardAsync(context.Request, host + target, body);
        }
        if (Hold is { } hold && service == "Blob" && context.Request.Method == "GET")
        {
            await hold.WaitAsync(context.RequestAborted);
        }
        using var response = await ForwardAsync(context.Request, host + target, body);
        var answer = await response.Content.ReadAsByteArrayAsync();
        var kind = service == "Blob"
            ? KindOfBlob(context.Request, (int)response.StatusCode)
            : KindOf(context.Request.Method, target, (int)response.StatusCode, answer);
        _calls.AddOrUpdate(kind, 1, (_, count) => count + 1);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !OfConnection.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }
        await context.Response.Body.WriteAsync(answer);
    }

    private bool IsLost(string method, string target, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var isMail = text.Contains("LeasedUntil", StringComparison.Ordinal) || target.Contains("RowKey='mail-", StringComparison.Ordinal);
        return method != "GET" && !isMail && _wasLost.AddOrUpdate($"{method} {target} {BatchTable().Match(text).Value}", true, (_, lost) => !lost);
    }

    private (string Service, string Host) ServiceOf(int port)
    {
        var index = _app.Urls.Select(url => new Uri(url).Port).ToList().IndexOf(port);
        var endpoint = Endpoint().Matches(_connectionString)[index];
        return (endpoint.Groups[2].Value, endpoint.Groups[3].Value);
    }

    private Task<HttpResponseMessage> ForwardAsync(HttpRequest request, string target, byte[] body)
    {
        // The signature is over the target as it was written.
        var uri = new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), uri) { Content = new ByteArrayContent(body) };
        foreach (var (name, values) in request.Headers.Where(header => !OfConnection.Contains(header.Key)))
        {
            if (!forwarded.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                forwarded.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }
        return _client.SendAsync(forwarded);
    }

    private static string KindOf(string method, string target, int status, byte[] answer)
    {
        if (target.Contains("$batch", StringComparison.Ordinal))
        {
            var ends = InnerStatus().Matches(Encoding.UTF8.GetString(answer)).Select(end => end.Groups[1].Value).ToList();
            return $"batch {ends.FirstOrDefault(end => end[0] != '2') ?? ends.FirstOrDefault("none")}";
        }
        var what = target.Contains("RowKey='", StringComparison.Ordinal) ? "row" : method == "GET" ? "query" : "insert";
        return string.Create(CultureInfo.InvariantCulture, $"{method} {what} {status}");
    }

    private static string KindOfBlob(HttpRequest request, int status)
    {
        var what = request.Query["comp"].ToString() is { Length: > 0 } part ? part : "blob";
        return string.Create(CultureInfo.InvariantCulture, $"{request.Method} {what} {status}");
    }

    [GeneratedRegex("((Blob|Table)Endpoint=)(http://[0-9.]+:[0-9]+)")]
    private static partial Regex Endpoint();

    /// <summary>The first change of a batch: all batches have the same target.</summary>
    [GeneratedRegex("(POST|PUT|DELETE) http://[^/ ]+/devstoreaccount1/[a-z0-9]+")]
    private static partial Regex BatchTable();

    [GeneratedRegex("HTTP/1.1 ([0-9]{3})")]
    private static partial Regex InnerStatus();
}
