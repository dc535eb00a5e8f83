using System.Diagnostics;
using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>What a replay did.</summary>
/// <param name="Checked">Registrations and accounts that were looked at.</param>
/// <param name="Erased">What a restored copy had brought back, and is gone again.</param>
/// <param name="Next">Where the next call goes on; missing when all is done.</param>
public sealed record ReplayReport(int Checked, int Erased, string? Next);

/// <summary>
/// Deletes again what the ledger names and a restored copy brought back. Registrations and accounts are found by what they have due, shard by shard; the ledger is read once.
/// </summary>
public sealed class ErasureReplay(ErasureLedger ledger, DueTable due, Deletion deletion, DeletionReceipts receipts, TimeProvider clock)
{
    private const int PageSize = 1000;

    /// <summary>The front end gives a request 45 seconds; a shard that was begun is finished.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <param name="from">The shard to begin with.</param>
    public async Task<ReplayReport> RunAsync(string from, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var began = Stopwatch.GetTimestamp();
        // What is open from before is closed first: the same account can be brought back only after that.
        await receipts.WriteAsync(null, cancellation);
        var erased = await ReadLedgerAsync(cancellation);
        var report = new ReplayReport(0, 0, null);
        foreach (var shard in DueItem.Shards.Where(shard => string.CompareOrdinal(shard, from) >= 0))
        {
            if (Stopwatch.GetElapsedTime(began) > Longest)
            {
                report = report with { Next = shard };
                break;
            }
            report = await ReplayShardAsync(shard, erased, report, now, cancellation);
        }
        await receipts.WriteAsync(null, cancellation);
        return report;
    }

    private async Task<HashSet<string>> ReadLedgerAsync(CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<LedgerEntry> page;
        var last = "";
        do
        {
            page = await ledger.ListAsync(last, PageSize, cancellation);
            ids.UnionWith(page.Select(entry => entry.Id));
            last = page.Count > 0 ? page[^1].Id : last;
        }
        while (page.Count == PageSize);
        return ids;
    }

    /// <summary>Accounts by their deletion, registrations by their lapse.</summary>
    private async Task<ReplayReport> ReplayShardAsync(
        string shard, HashSet<string> erased, ReplayReport report, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var kind in (DueKind[])[DueKind.Delete, DueKind.Lapse])
        {
            await foreach (var item in due.AfterAsync(kind, shard, null, cancellation))
            {
                var isBack = ledger.IdsOf(item.Voucher).Any(erased.Contains) && await deletion.EraseAgainAsync(item.Voucher, now, cancellation);
                report = report with { Checked = report.Checked + 1, Erased = report.Erased + (isBack ? 1 : 0) };
            }
        }
        return report;
    }
}
