using Microsoft.Azure.Functions.Worker;

namespace VoucherFunctions.Lifecycle;

/// <summary>
/// The job of a timer. Its method bears <c>[Function]</c> and <c>[TimerTrigger]</c>, the only place for the timer's name and schedule. It may overlap with itself and may
/// be repeated.
/// </summary>
public interface ITimerJob
{
    Task<SweepReport> RunAsync(TimerInfo timer, CancellationToken cancellation);
}
