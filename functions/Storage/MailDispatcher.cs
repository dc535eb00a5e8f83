using System.Threading.Channels;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Storage;

/// <summary>Something to send in the background.</summary>
public abstract record Posted
{
    /// <summary>The request that posted it, as a W3C traceparent; null while nothing is recorded.</summary>
    public string? TraceParent { get; init; } = Spans.Here;
}

/// <summary>A mail of the outbox, just committed.</summary>
public sealed record OutboxEntry(VoucherId Voucher, Guid Mail) : Posted;

/// <summary>
/// After a commit its mail is sent at once in the background, by this instance. What does not fit, fails or dies with the process is found by
/// the timer: this is for speed only, the outbox is the promise (docs/rules.md#r8).
/// </summary>
public sealed class MailDispatcher
{
    private const int Waiting = 1000;
    private readonly Channel<Posted> _posted = Channel.CreateBounded<Posted>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.Wait });
    private readonly Lock _lock = new();
    private TaskCompletionSource _idle = Completed();
    private int _unfinished;

    public void Post(Posted posted)
    {
        lock (_lock)
        {
            if (!_posted.Writer.TryWrite(posted))
            {
                return;
            }
            if (_unfinished++ == 0)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public IAsyncEnumerable<Posted> ReadAllAsync(CancellationToken cancellation) => _posted.Reader.ReadAllAsync(cancellation);

    /// <summary>To be called once for each that was read.</summary>
    public void Finished()
    {
        lock (_lock)
        {
            if (--_unfinished == 0)
            {
                _idle.SetResult();
            }
        }
    }

    /// <summary>Completes when everything posted so far was tried once.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _idle.Task;
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
