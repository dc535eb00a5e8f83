namespace VoucherFunctions.Lifecycle;

/// <summary>Deletes accounts, from 7 days before the deadline of one year after their end; and goes on with erasures that died half-way.</summary>
public sealed class DeleteExpiredData(Sweep sweep, Deletion deletion) : ITimerJob
{
    public Task<SweepReport> RunAsync(CancellationToken cancellation) => sweep.RunAsync(
        DueKind.Delete,
        async (item, now, stop) => await deletion.RunAsync(item, now, stop) ? Swept.Settled : Swept.Kept,
        cancellation);
}
