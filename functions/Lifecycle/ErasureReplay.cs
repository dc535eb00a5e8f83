using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>What a replay did.</summary>
/// <param name="Checked">Registrations and accounts that were looked at.</param>
/// <param name="Erased">What a restored copy had brought back, and is gone again.</param>
/// <param name="Next">Where the next call goes on; missing when all is done.</param>
public sealed record ReplayReport(int Checked, int Erased, string? Next);

/// <summary>Where a replay goes on: a shard, and in it the row after which; as text <c>shard</c> or <c>shard.row</c>.</summary>
public sealed partial record ReplayCursor(string Shard, string? Row)
{
    private const int LongestText = 200;

    public static ReplayCursor? Parse(string? text) =>
        text is { Length: <= LongestText } && Form().Match(text) is { Success: true } match
            ? new ReplayCursor(match.Groups[1].Value, match.Groups[2] is { Success: true } row ? row.Value : null)
            : null;

    public string ToText() => Row is null ? Shard : $"{Shard}.{Row}";

    [GeneratedRegex(@"\A([0-9a-f])(?:\.((?:delete|lapse)-[A-Za-z0-9_-]+))?\z")]
    private static partial Regex Form();
}

/// <summary>
/// Deletes again what the ledger names and a restored copy brought back. Registrations and accounts are found by what they have due, row by row, and each is looked up in
/// the ledger: so a call makes progress however long the ledger is, and one that is repeated goes on at the row where the one before stopped.
/// </summary>
public sealed class ErasureReplay(ErasureLedger ledger, DueTable due, Deletion deletion, DeletionReceipts receipts, TimeProvider clock)
{
    private const int LookedUpAtOnce = 16;
    private static readonly DueKind[] Kinds = [DueKind.Delete, DueKind.Lapse];

    /// <summary>The front end gives a request 45 seconds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public async Task<ReplayReport> RunAsync(ReplayCursor from, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        using var time = new TimeBox(Longest, clock, cancellation);
        // What is open from before is closed first: the same account can be brought back only after that.
        await receipts.WriteAsync(null, cancellation);
        var report = new ReplayReport(0, 0, null);
        ReplayCursor? last = null;
        await foreach (var items in AfterAsync(from, cancellation).Chunk(LookedUpAtOnce))
        {
            // Not before the first ones: every call makes progress.
            if (last is not null && time.IsOver)
            {
                report = report with { Next = last.ToText() };
                break;
            }
            var erased = await EraseAsync(items, now, cancellation);
            report = report with { Checked = report.Checked + items.Length, Erased = report.Erased + erased };
            last = new ReplayCursor(items[^1].Shard, items[^1].Row);
        }
        await receipts.WriteAsync(null, cancellation);
        return report;
    }

    /// <summary>In each shard accounts, by their deletion, then registrations, by their lapse.</summary>
    private async IAsyncEnumerable<DueItem> AfterAsync(ReplayCursor from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var shard in DueItem.Shards.Where(shard => string.CompareOrdinal(shard, from.Shard) >= 0))
        {
            var row = shard == from.Shard ? from.Row : null;
            foreach (var kind in Kinds.SkipWhile(kind => row is not null && !row.StartsWith(DueItem.KindName(kind), StringComparison.Ordinal)))
            {
                await foreach (var item in due.AfterAsync(kind, shard, row, cancellation))
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>How many of them the ledger names and a copy had brought back.</summary>
    private async Task<int> EraseAsync(DueItem[] items, DateTimeOffset now, CancellationToken cancellation)
    {
        var isErased = new bool[items.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, items.Length),
            Parallelism.AtMost(LookedUpAtOnce, cancellation),
            async (index, stop) => isErased[index] = await ledger.FindIssuerAsync(items[index].Voucher, stop) is not null);
        var erased = 0;
        foreach (var (index, item) in items.Index())
        {
            erased += isErased[index] && await deletion.EraseAgainAsync(item.Voucher, now, cancellation) ? 1 : 0;
        }
        return erased;
    }
}
