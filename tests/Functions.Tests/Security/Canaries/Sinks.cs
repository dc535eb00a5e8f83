using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security.Canaries;

/// <summary>A value somewhere that outlives the request it came with.</summary>
internal sealed record Kept(string Where, byte[] Value);

/// <summary>Everything that an app leaves behind: what it logs, traces and measures, whatever library does it, and what it stores.</summary>
internal sealed class Sinks : IDisposable
{
    private readonly CapturedLog _log = new();
    private readonly ConcurrentQueue<string> _traces = new();
    private readonly ConcurrentQueue<string> _metrics = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public Sinks()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Record,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Record(instrument, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Record(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Record(instrument, tags));
        _meters.Start();
    }

    public IReadOnlyList<string> LogLines => _log.Lines;

    /// <summary>Logs at every level; to be given to <see cref="TestAppOptions.Services"/>.</summary>
    public void Listen(IServiceCollection services) => services
        .AddSingleton<ILoggerProvider>(_log)
        .Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Trace);

    public async Task<IReadOnlyList<Kept>> CollectAsync(TestApp app) =>
    [
        .. _log.Lines.Select(line => Text("log", line)),
        .. _traces.Where(line => !IsOfTheTest(line, app)).Select(line => Text("trace", line)),
        .. _metrics.Select(line => Text("metric", line)),
        .. await TablesAsync(app),
        .. await BlobsAsync(app),
    ];

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
        _log.Dispose();
    }

    /// <summary>What the test asks of the app knows the test alone.</summary>
    private static bool IsOfTheTest(string trace, TestApp app) =>
        trace.StartsWith("System.Net.Http ", StringComparison.Ordinal) && trace.Contains($"server.port={app.Address.Port} ", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<Kept>> TablesAsync(TestApp app)
    {
        var kept = new List<Kept>();
        foreach (var table in StorageTables.Names)
        {
            await foreach (var row in app.Table(table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            {
                kept.AddRange(row.Select(cell => cell.Value is byte[] bytes ? new Kept($"table {table} {cell.Key}", bytes) : Text($"table {table} {cell.Key}", $"{cell.Value}")));
            }
        }
        return kept;
    }

    /// <summary>The names of the course's files are the administrator's affair.</summary>
    private static async Task<IReadOnlyList<Kept>> BlobsAsync(TestApp app)
    {
        var kept = new List<Kept>();
        var container = app.Container("documents");
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.All, BlobStates.All, null, TestContext.Current.CancellationToken))
        {
            kept.Add(Text("blob name", blob.Name));
            kept.AddRange((blob.Metadata ?? new Dictionary<string, string>()).Select(pair => Text("blob metadata", $"{pair.Key}={pair.Value}")));
            kept.Add(Text("blob headers", $"{blob.Properties.ContentType} {blob.Properties.ContentDisposition} {blob.Properties.ContentLanguage}"));
            kept.Add(new Kept("blob content", (await container.GetBlobClient(blob.Name).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray()));
        }
        return kept;
    }

    private static Kept Text(string where, string text) => new(where, Encoding.UTF8.GetBytes(text));

    private void Record(Activity activity)
    {
        var events = activity.Events.SelectMany(each => each.Tags.Select(tag => $"{each.Name} {tag.Key}={tag.Value}"));
        var tags = activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}");
        var baggage = activity.Baggage.Select(pair => $"{pair.Key}={pair.Value}");
        _traces.Enqueue($"{activity.Source.Name} {activity.DisplayName} {activity.StatusDescription} {string.Join(' ', [.. tags, .. events, .. baggage])}");
    }

    private void Record(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!tags.IsEmpty)
        {
            _metrics.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
        }
    }
}
