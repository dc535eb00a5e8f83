using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Issuers;

/// <summary>
/// Counts vouchers by their status. A status is a matter of the clock, so it is counted from the states: for the days that are asked for at once, for older
/// batches as the timer <see cref="CountVouchers"/> last did. Test vouchers are counted for their own keys only.
/// </summary>
public sealed class VoucherStatistics(IssuerStore issuers, CountStore counts, VoucherTable vouchers, HashingKeys keys, TimeProvider clock)
{
    /// <summary>The days from <paramref name="first"/> to <paramref name="last"/>, and everything.</summary>
    public async Task<IssuerCounts> CountAsync(string issuerId, bool isTest, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var stored = (await counts.ListAsync(issuerId, cancellation)).ToDictionary(each => each.BatchId);
        var days = new SortedDictionary<DateOnly, VoucherCounts>();
        var (total, oldest) = (VoucherCounts.None, now);
        foreach (var batch in (await issuers.ListBatchesAsync(issuerId, cancellation)).Where(batch => batch.Completed && batch.IsTest == isTest))
        {
            var day = DateOnly.FromDateTime(batch.CreatedAt.UtcDateTime);
            var isAsked = day >= first && day <= last;
            var counted = stored.GetValueOrDefault(batch.Id) is { } known && (known.Counts.IsFinal || !isAsked || !CanCount(batch))
                ? known
                : await CountAsync(batch, cancellation);
            total += counted.Counts;
            oldest = counted.Counts.IsFinal ? oldest : Instants.Earlier(oldest, counted.At);
            if (isAsked)
            {
                days[day] = days.GetValueOrDefault(day, VoucherCounts.None) + counted.Counts;
            }
        }
        return new IssuerCounts([.. days.Select(day => (day.Key, day.Value))], total, oldest);
    }

    /// <summary>The vouchers of a batch are found by its key. It leaves the ring years after the last of them is gone.</summary>
    public bool CanCount(Batch batch) => keys.Has(batch.KeyVersion);

    public async Task<BatchCounts> CountAsync(Batch batch, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!CanCount(batch))
        {
            return new BatchCounts(batch.Id, VoucherCounts.None, now);
        }
        var states = await vouchers.FindManyAsync([.. VoucherCodes.Of(batch, keys).Select(voucher => voucher.Id)], cancellation);
        return new BatchCounts(batch.Id, VoucherCounts.Of(states, now), now);
    }
}
