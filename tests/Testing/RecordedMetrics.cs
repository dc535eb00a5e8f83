using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Telemetry;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>What one app recorded in its own metrics from now on. A metric, attribute or value that is not in the app's list fails the test.</summary>
public sealed class RecordedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Metric, string Value, double Measured)> _recorded = new();
    private readonly ConcurrentQueue<string> _unknown = new();

    public RecordedMetrics(TestApp app)
    {
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == VoucherMetrics.MeterName && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) => Record(instrument, count, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, measured, tags, _) => Record(instrument, measured, tags));
        _listener.Start();
    }

    /// <summary>Value of the attribute → how much was counted.</summary>
    public IReadOnlyDictionary<string, double> Counts(Metric metric) =>
        Of(metric).GroupBy(each => each.Value).ToDictionary(group => group.Key, group => group.Sum(each => each.Measured));

    /// <summary>What was measured with a value of the attribute, in order.</summary>
    public IReadOnlyList<double> Measured(Metric metric, string value) => [.. Of(metric).Where(each => each.Value == value).Select(each => each.Measured)];

    public void Dispose() => _listener.Dispose();

    private IEnumerable<(string Metric, string Value, double Measured)> Of(Metric metric)
    {
        Assert.Empty(_unknown);
        return _recorded.Where(each => each.Metric == metric.Name);
    }

    private void Record(Instrument instrument, double measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var metric = Metric.All.FirstOrDefault(each => each.Name == instrument.Name);
        if (metric is null || tags.Length != 1 || tags[0].Key != metric.Attribute || tags[0].Value is not string value || !metric.Values.Contains(value))
        {
            _unknown.Enqueue($"{instrument.Name} {string.Join(", ", tags.ToArray())}");
            return;
        }
        _recorded.Enqueue((metric.Name, value, measured));
    }
}
