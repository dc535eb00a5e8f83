using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using VoucherFunctions.Local;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>A span as a collector sees it; ids in hex, an empty parent at the root.</summary>
public sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Traces and spans that it is linked to.</summary>
    public IReadOnlyList<(string Trace, string Id)> Links { get; init; } = [];
}

/// <summary>
/// A collector for OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/), and what of Application Insights takes telemetry in: keeps every byte, and understands
/// the spans, names of metrics and lines of logs of OTLP.
/// Not ASP.NET Core: that would write spans of its own into the traces of an app in the same process.
/// </summary>
public sealed class TelemetryReceiver : IAsyncDisposable
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(1);
    private readonly HttpListener _listener = new();
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Azurite.FreePort()}/");
    private readonly Task _receiving;
    private readonly Lock _lock = new();
    private readonly List<(string Path, byte[] Body)> _bodies = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TelemetryReceiver()
    {
        _listener.Prefixes.Add(_address);
        _listener.Start();
        _receiving = ReceiveAllAsync();
    }

    /// <summary>As settings of an app that exports here, soon after each event.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "250",
    };

    /// <summary>For an app that sends to Application Insights.</summary>
    public string InsightsConnectionString => $"InstrumentationKey={Guid.Empty};IngestionEndpoint={_address}";

    /// <summary>Everything that was received, as text that a search for marks can go through.</summary>
    public string Everything
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _bodies.Select(each => Encoding.UTF8.GetString(each.Body)));
            }
        }
    }

    public IReadOnlyList<ReceivedSpan> Spans => [.. Messages("/v1/traces", 1, 2, 2).Select(span =>
        new ReceivedSpan(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Messages(9).ToDictionary(pair => pair.Text(1), Value))
        {
            Links = [.. span.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))],
        })];

    public IReadOnlySet<string> Metrics => Messages("/v1/metrics", 1, 2, 2).Select(metric => metric.Text(1)).ToHashSet();

    public IReadOnlyList<string> Lines => [.. Messages("/v1/logs", 1, 2, 2).Select(record => record.Messages(5).Single().Text(1))];

    /// <summary>Completes as soon as it holds.</summary>
    public async Task UntilAsync(Func<TelemetryReceiver, bool> holds, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task arrived;
            lock (_lock)
            {
                arrived = _arrived.Task;
            }
            if (holds(this))
            {
                return;
            }
            // Metrics arrive for ever: what does not come must not be waited for as long.
            Assert.True(TimeProvider.System.GetElapsedTime(started) < AtMost, $"Received: {string.Join(", ", Spans.Select(span => span.Name).Distinct())}");
            await await Task.WhenAny(arrived, _receiving).WaitAsync(AtMost, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _receiving;
    }

    private async Task ReceiveAllAsync()
    {
        while (true)
        {
            try
            {
                await ReceiveAsync(await _listener.GetContextAsync());
            }
            catch (Exception end) when (end is ObjectDisposedException or HttpListenerException && !_listener.IsListening)
            {
                return;
            }
        }
    }

    private async Task ReceiveAsync(HttpListenerContext http)
    {
        using var body = new MemoryStream();
        var isPacked = http.Request.Headers["Content-Encoding"] == "gzip";
        await (isPacked ? new GZipStream(http.Request.InputStream, CompressionMode.Decompress) : http.Request.InputStream).CopyToAsync(body);
        TaskCompletionSource arrived;
        lock (_lock)
        {
            _bodies.Add((http.Request.Url!.AbsolutePath, body.ToArray()));
            (arrived, _arrived) = (_arrived, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        arrived.SetResult();
        var isInsights = http.Request.Url!.AbsolutePath.EndsWith("/track", StringComparison.Ordinal);
        http.Response.ContentType = isInsights ? "application/json" : "application/x-protobuf";
        try
        {
            http.Response.Close(isInsights ? """{"itemsReceived":1,"itemsAccepted":1,"errors":[]}"""u8.ToArray() : [], willBlock: false);
        }
        catch (HttpListenerException)
        {
            // The sender did not wait for the answer. What it sent is noted.
        }
    }

    private List<ProtobufMessage> Messages(string path, params IEnumerable<int> fields)
    {
        lock (_lock)
        {
            return [.. _bodies.Where(each => each.Path == path).SelectMany(each => new ProtobufMessage(each.Body).Messages(fields))];
        }
    }

    private static string Value(ProtobufMessage attribute)
    {
        var value = attribute.Messages(2).Single();
        return value.Text(1) is { Length: > 0 } text ? text : value.Number(3).ToString(CultureInfo.InvariantCulture);
    }
}
