using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Issuers;

/// <summary>Counts each batch once a day, so that totals need not read all vouchers. A batch that can no longer change is not counted again. A run stops after 50 seconds; the next one goes on.</summary>
public sealed class CountVouchers(IssuerStore issuers, CountStore counts, VoucherStatistics statistics, VoucherMetrics metrics, TimeProvider clock) : ITimerJob
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(23);

    [Function(nameof(CountVouchers))]
    public async Task<SweepReport> RunAsync([TimerTrigger("0 45 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        using var time = new TimeBox(ITimerJob.LongestRun, clock, cancellation);
        var (due, done, oldest) = (0, 0, now);
        var total = VoucherCounts.None;
        foreach (var office in await issuers.ListAsync(cancellation))
        {
            var stored = (await counts.ListAsync(office.Issuer.Id, cancellation)).ToDictionary(each => each.BatchId);
            foreach (var batch in (await issuers.ListBatchesAsync(office.Issuer.Id, cancellation)).Where(batch => batch.Completed && statistics.CanCount(batch)))
            {
                var counted = stored.GetValueOrDefault(batch.Id);
                if (counted is null || !(counted.Counts.IsFinal || now - counted.At < Fresh))
                {
                    due++;
                    if (time.IsOver)
                    {
                        oldest = Instants.Earlier(oldest, counted is null ? batch.CreatedAt : counted.At + Fresh);
                    }
                    else
                    {
                        var known = counted;
                        counted = await statistics.CountAsync(batch, cancellation);
                        await counts.SaveAsync(office.Issuer.Id, counted, known, cancellation);
                        done++;
                    }
                }
                total += batch.IsTest || counted is null ? VoucherCounts.None : counted.Counts;
            }
        }
        var report = new SweepReport(due, done, now - oldest);
        metrics.Swept(VoucherMetrics.Count, report.Done, report.OldestOverdue);
        metrics.Counted(total.Active, total.Locked);
        return report;
    }
}
