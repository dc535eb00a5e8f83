namespace VoucherFunctions.Lifecycle;

/// <summary>What a timer runs. Knows neither its schedule nor who calls it; may overlap with itself and may be repeated.</summary>
public interface ITimerJob
{
    Task<SweepReport> RunAsync(CancellationToken cancellation);
}
