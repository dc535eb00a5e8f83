using Microsoft.Azure.Functions.Worker;

namespace VoucherFunctions.Lifecycle;

/// <summary>
/// The job of a timer. Its method bears <c>[Function]</c> and <c>[TimerTrigger]</c>, the only place for the timer's name and schedule. It may overlap with itself and may
/// be repeated.
/// </summary>
public interface ITimerJob
{
    /// <summary>How long one run may work; the next run goes on from there.</summary>
    static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(50);

    Task<SweepReport> RunAsync(TimerInfo timer, CancellationToken cancellation);
}
