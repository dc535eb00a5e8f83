using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Issuers;

/// <summary>What is asked of a batch: from after which voucher on, how many to look at, and only those that changed after an instant.</summary>
public sealed record BatchQuery(VoucherId? After, int Limit, DateTimeOffset? ChangedSince)
{
    public const int MostAtOnce = 1000;

    public static BatchQuery Everything { get; } = new(null, MostAtOnce, null);
}

/// <summary>Part of a batch. With <see cref="Next"/> as the next <c>after</c> it goes on; <see cref="AsOf"/> is the next <c>changedSince</c>.</summary>
public sealed record BatchPage(Batch Batch, IReadOnlyList<VoucherView> Vouchers, string? Next, DateTimeOffset AsOf);

/// <summary>How many of a batch are revoked now, and how many are not because somebody has entered them.</summary>
public sealed record BatchRevocation(int Revoked, int Pending, int Used);

/// <summary>An office's own vouchers. Another office's, or those of the other kind of key, are as unknown as any.</summary>
public sealed class IssuerVouchers(VoucherTable vouchers, VoucherTransaction transaction, IssuerStore issuers, ErasureLedger erasures, HashingKeys keys, TimeProvider clock)
{
    private const int ChangesAtOnce = 16;

    /// <summary>Longer than a write may be under way, and clocks apart: who polls from <see cref="BatchPage.AsOf"/> on misses nothing, and may see a change twice.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    public async Task<Result<VoucherView>> FindAsync(KeyHolder holder, VoucherId id, CancellationToken cancellation)
    {
        var found = await vouchers.FindAsync(id, Reading.State, cancellation);
        if (found is not null && holder.Owns(found.Voucher.IssuerId, found.Voucher.IsTest))
        {
            return VoucherView.Of(found.Voucher, clock.GetUtcNow()) with { ChangedAt = null };
        }
        // Somebody else's voucher takes as many reads as one that is not there: the time tells nothing.
        return await erasures.FindAsync(id, cancellation) is { } erased && holder.Owns(erased.IssuerId, erased.IsTest)
            ? VoucherView.Deleted(id, erased.IsTest)
            : Problems.VoucherUnknown;
    }

    public async Task<Result<bool>> RevokeAsync(KeyHolder holder, VoucherId id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var answer = await transaction.ChangeAsync(id, Reading.State, read => IssuerRules.Revoke(read, holder, now), cancellation);
        return answer.Refusal?.Is(Problems.VoucherUnknown) == true
            && await erasures.FindAsync(id, cancellation) is { } erased
            && holder.Owns(erased.IssuerId, erased.IsTest)
                ? Problems.VoucherUsed
                : answer;
    }

    /// <summary>Revokes what nobody has entered; what somebody has entered stays as it is. To be repeated until it says what is wanted.</summary>
    public async Task<Result<BatchRevocation>> RevokeUnusedAsync(KeyHolder holder, string batchId, CancellationToken cancellation)
    {
        if ((await FindBatchAsync(holder, batchId, cancellation)).IsRefused(out var refusal, out var batch))
        {
            return refusal;
        }
        int revoked = 0, pending = 0, used = 0;
        await Parallel.ForEachAsync(
            VoucherCodes.Of(batch, keys),
            Parallelism.AtMost(ChangesAtOnce, cancellation),
            async (voucher, stop) =>
            {
                switch ((await RevokeAsync(holder, voucher.Id, stop)).Refusal)
                {
                    case null:
                        Interlocked.Increment(ref revoked);
                        break;
                    case { } kept when kept.Is(Problems.VoucherPending):
                        Interlocked.Increment(ref pending);
                        break;
                    default:
                        Interlocked.Increment(ref used);
                        break;
                }
            });
        return new BatchRevocation(revoked, pending, used);
    }

    public async Task<Result<BatchPage>> FindBatchAsync(KeyHolder holder, string batchId, BatchQuery query, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if ((await FindBatchAsync(holder, batchId, cancellation)).IsRefused(out var refusal, out var batch))
        {
            return refusal;
        }
        var ids = VoucherCodes.Of(batch, keys).Select(voucher => voucher.Id).ToList();
        var start = query.After is null ? 0 : ids.IndexOf(query.After) + 1;
        if (query.After is not null && start == 0)
        {
            return Refusal.Invalid("after", "unknown");
        }
        var part = ids.GetRange(start, Math.Min(query.Limit, ids.Count - start));
        var views = new List<VoucherView>(part.Count);
        foreach (var (index, voucher) in (await vouchers.FindManyAsync(part, cancellation)).Index())
        {
            if (query.ChangedSince is null || await ChangedAtAsync(part[index], voucher, now, cancellation) > query.ChangedSince)
            {
                views.Add(voucher is null ? VoucherView.Deleted(part[index], batch.IsTest) : VoucherView.Of(voucher, now));
            }
        }
        var next = start + part.Count < ids.Count ? part[^1].Value : null;
        return new BatchPage(batch, views, next, now - Overlap);
    }

    private async Task<DateTimeOffset> ChangedAtAsync(VoucherId id, Voucher? voucher, DateTimeOffset now, CancellationToken cancellation) =>
        voucher?.ChangedAt(now) ?? (await erasures.FindAsync(id, cancellation))?.ErasedAt ?? now;

    private async Task<Result<Batch>> FindBatchAsync(KeyHolder holder, string batchId, CancellationToken cancellation)
    {
        var batch = VoucherId.TryParse(batchId, out _) ? await issuers.FindBatchAsync(holder.Issuer.Id, batchId, cancellation) : null;
        // Without its key nobody can name its vouchers any more, not even we.
        if (batch is null || !holder.Owns(batch.IssuerId, batch.IsTest) || !keys.Has(batch.KeyVersion))
        {
            return Problems.BatchUnknown;
        }
        return batch.Completed ? batch : Problems.BatchIncomplete;
    }
}
