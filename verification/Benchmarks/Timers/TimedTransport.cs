using System.Diagnostics;
using VoucherFunctions.InMemoryStorage.Http;
using VoucherFunctions.InMemoryStorage.Tables;

namespace VoucherFunctions.Benchmarks.Timers;

/// <summary>Answers requests one after the other, and knows how long that took.</summary>
internal sealed class TimedTransport
{
    private readonly Lock _lock = new();
    private long _ticks;

    public TimedTransport(TableService service) => Transport = new MemoryTransport(request =>
    {
        lock (_lock)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = service.Answer(request);
            _ticks += Stopwatch.GetTimestamp() - started;
            return answer;
        }
    });

    public MemoryTransport Transport { get; }

    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _ticks));
}
