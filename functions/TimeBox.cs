namespace VoucherFunctions;

/// <summary>Limits the time of work that may stop anywhere: its caller or the next run goes on.</summary>
internal sealed class TimeBox : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _endOrCaller;

    public TimeBox(TimeSpan length, TimeProvider clock, CancellationToken cancellation)
    {
        _end = new CancellationTokenSource(length, clock);
        _endOrCaller = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
    }

    /// <summary>The time is over, whether the caller has cancelled or not.</summary>
    public bool IsOver => _end.IsCancellationRequested;

    /// <summary>Cancelled at the end of the time, and when the caller cancels.</summary>
    public CancellationToken Token => _endOrCaller.Token;

    public void Dispose()
    {
        _endOrCaller.Dispose();
        _end.Dispose();
    }
}
