using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests.Host;

/// <summary>The native head: callers reach the process itself, since the host forwards requests as they are.</summary>
public sealed class CustomHandlerHost : FunctionsHost
{
    public const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";
    private readonly HttpClient _client;
    private readonly int _port;

    private CustomHandlerHost(HeadProcess process, int port)
        : base(process, port)
    {
        _port = port;
        _client = new HttpClient { BaseAddress = Address };
    }

    public override string Log => Process.Log;

    public override int AppPort => _port;

    /// <summary>Starts it and asks GET / until anything is answered, as the host does.</summary>
    public static new async Task<CustomHandlerHost> StartAsync(PublishedHead published, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var port = int.Parse(settings[PortVariable], CultureInfo.InvariantCulture);
        return new CustomHandlerHost(await HeadProcess.StartAsync(published, settings, cancellation), port);
    }

    public override async Task<JsonNode> RunTimerAsync(string name, string? traceParent = null)
    {
        var answer = await _client.SendAsync(HttpMethod.Post, $"/{name}", Body(), null, traceParent is null ? [] : [("traceparent", traceParent)]);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}\n{Log}");
        return answer.Json["returnValue"]!;
    }

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>The request of a timer, as the real host was seen to post it.</summary>
    internal static object Body() => HttpClientExtensions.Raw("""
        {"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-11-22T10:00:00+00:00","Next":"2026-11-22T10:05:00+00:00",
        "LastUpdated":"2026-11-22T10:00:00+00:00"},"IsPastDue":false}},
        "Metadata":{"sys":{"MethodName":"timerMon","UtcNow":"2026-11-22T10:00:00Z","RandGuid":"0d0ad7a5-8ef3-4d3f-94ab-9f3a2b8f8a51"}}}
        """);
}
