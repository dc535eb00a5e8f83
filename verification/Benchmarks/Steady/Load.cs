using System.Diagnostics;
using VoucherFunctions.Benchmarks.Measuring;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>So many clients at once, each with one request after the other. Only what was done counts, in rate and latency; who is refused waits as told.</summary>
internal sealed class Load
{
    public const string Rate = "a second";
    private static readonly int[] Percents = [50, 95, 99];
    private readonly Lock _lock = new();
    private readonly List<double> _latencies = [];
    private TimeSpan _elapsed;

    private Load()
    {
    }

    /// <summary>For so long. The request is given its client's number and says whether it was done.</summary>
    public static async Task<Load> ForAsync(TimeSpan time, int clients, Func<int, Task<bool>> request)
    {
        var load = new Load();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                await load.MeasureAsync(() => request(client));
            }
        })));
        load._elapsed = Stopwatch.GetElapsedTime(started);
        return load;
    }

    /// <summary>Each of these items once; what is under way in the background afterwards is waited for and counts.</summary>
    public static async Task<Load> OfAsync<T>(IReadOnlyList<T> items, int clients, Func<T, Task> request, Func<Task> whenAllDone)
    {
        var load = new Load();
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = clients }, async (item, _) => await load.MeasureAsync(async () =>
        {
            await request(item);
            return true;
        }));
        await whenAllDone();
        load._elapsed = Stopwatch.GetElapsedTime(started);
        return load;
    }

    /// <summary>The names of the figures that are latencies.</summary>
    public static IReadOnlyList<string> Percentiles { get; } = [.. Percents.Select(percent => $"p{percent}")];

    public IReadOnlyList<Figure> Figures =>
    [
        new(Rate, "", PerSecond),
        .. Percents.Zip(Percentiles, (percent, name) => new Figure(name, "ms", Percentile(percent))),
    ];

    public double PerSecond => _latencies.Count / _elapsed.TotalSeconds;

    private async Task MeasureAsync(Func<Task<bool>> request)
    {
        var began = Stopwatch.GetTimestamp();
        if (await request())
        {
            lock (_lock)
            {
                _latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
    }

    private double Percentile(int percent)
    {
        if (_latencies.Count == 0)
        {
            return double.NaN;
        }
        var sorted = _latencies.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }
}
