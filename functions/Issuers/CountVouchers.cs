using VoucherFunctions.Lifecycle;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Issuers;

/// <summary>
/// Counts every batch once a day, so that totals need not read all vouchers; a batch of which nothing can change any more is never counted again. Stops after
/// 50 seconds; the next run goes on.
/// </summary>
public sealed class CountVouchers(IssuerStore issuers, CountStore counts, Counting counting, TimeProvider clock) : ITimerJob
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(23);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    public async Task<SweepReport> RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var started = TimeProvider.System.GetTimestamp();
        var (due, done, oldest) = (0, 0, now);
        foreach (var office in await issuers.ListAsync(cancellation))
        {
            var stored = (await counts.ListAsync(office.Issuer.Id, cancellation)).ToDictionary(each => each.BatchId);
            foreach (var batch in (await issuers.ListBatchesAsync(office.Issuer.Id, cancellation)).Where(batch => batch.Completed && counting.CanCount(batch)))
            {
                var known = stored.GetValueOrDefault(batch.Id);
                if (known is not null && (known.Counts.IsFinal || now - known.At < Fresh))
                {
                    continue;
                }
                due++;
                if (TimeProvider.System.GetElapsedTime(started) > Longest)
                {
                    oldest = Instants.Earlier(oldest, known is null ? batch.CreatedAt : known.At + Fresh);
                    continue;
                }
                await counts.SaveAsync(office.Issuer.Id, await counting.CountAsync(batch, cancellation), known, cancellation);
                done++;
            }
        }
        return new SweepReport(due, done, now - oldest);
    }
}
