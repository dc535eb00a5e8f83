using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace VoucherFunctions.Tests.Mail.Sending.Acs;

/// <summary>A request as it came over the wire.</summary>
internal sealed record AcsRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);

internal sealed record AcsAnswer(int Status, string Body = "", params (string Name, string Value)[] Headers)
{
    public static AcsAnswer Running { get; } = new(202, """{"id":"0","status":"Running"}""", ("Retry-After", "30"));

    public static AcsAnswer Operation(string status) => new(200, $$"""{"id":"0","status":"{{status}}"}""");

    public static AcsAnswer Error(int status, string code, params (string Name, string Value)[] headers) =>
        new(status, $$$"""{"error":{"code":"{{{code}}}","message":"No."}}""", [("x-ms-error-code", code), .. headers]);
}

/// <summary>
/// Azure Communication Services as its documentation describes it, written without a look at the client: it works out the signature of every request
/// from the bytes it received and answers 401 when another was sent.
/// https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial
/// </summary>
internal sealed class AcsServer : IAsyncDisposable
{
    private const string RFC1123 = "ddd, dd MMM yyyy HH:mm:ss 'GMT'";
    private readonly WebApplication _app;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(64);
    private readonly ConcurrentQueue<AcsRequest> _requests = [];
    private readonly ConcurrentQueue<string> _faults = [];

    private AcsServer(WebApplication app) => _app = app;

    /// <summary>What it says to a request whose signature is right.</summary>
    public Func<AcsRequest, Task<AcsAnswer>> Answer { get; set; } = _ => Task.FromResult(AcsAnswer.Running);

    public Uri Endpoint => new(_app.Urls.Single() + "/");

    public string ConnectionString => $"endpoint={Endpoint};accesskey={Convert.ToBase64String(_key)}";

    /// <summary>Accepts a request without a signature whose authorization is this.</summary>
    public string? BearerToken { get; set; }

    /// <summary>Every request whose signature was right, in order.</summary>
    public IReadOnlyList<AcsRequest> Requests => [.. _requests];

    /// <summary>What was wrong with the others.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    public static async Task<AcsServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new AcsServer(builder.Build());
        server._app.Run(server.ServeAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new AcsRequest(context.Request.Method, target, headers, body.ToArray());
        if (FaultOf(request) is { } fault)
        {
            _faults.Enqueue(fault);
            await WriteAsync(context, AcsAnswer.Error(401, "Denied"));
            return;
        }
        _requests.Enqueue(request);
        await WriteAsync(context, await Answer(request));
    }

    private static async Task WriteAsync(HttpContext context, AcsAnswer answer)
    {
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
        await context.Response.WriteAsync(answer.Body);
    }

    private string? FaultOf(AcsRequest request)
    {
        string Header(string name) => request.Headers.GetValueOrDefault(name, "");
        var date = Header("x-ms-date");
        if (!DateTimeOffset.TryParseExact(date, RFC1123, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            return $"x-ms-date is {date}";
        }
        if (BearerToken is not null)
        {
            return Header("Authorization") == $"Bearer {BearerToken}" ? null : $"Authorization is {Header("Authorization")}";
        }
        var hash = Convert.ToBase64String(SHA256.HashData(request.Body));
        if (Header("x-ms-content-sha256") != hash)
        {
            return $"x-ms-content-sha256 is {Header("x-ms-content-sha256")}, not {hash}";
        }
        var toSign = string.Join('\n', request.Method, request.Target, string.Join(';', date, Header("Host"), hash));
        using var hmac = new HMACSHA256(_key);
        var signature = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(toSign)));
        var expected = $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}";
        return Header("Authorization") == expected ? null : $"Authorization is {Header("Authorization")}, not {expected}";
    }
}
