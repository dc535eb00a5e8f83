using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Issuers;

/// <summary>What an office sees of a voucher: its fate, never whose it is.</summary>
public sealed record VoucherView(string Id, string Status, DateTimeOffset? IssuedAt, DateTimeOffset? EnteredAt, DateTimeOffset? AccessUntil);

/// <summary>An office's own vouchers. Another office's are as unknown as any.</summary>
public sealed class IssuerVouchers(VoucherStore vouchers, IssuerStore issuers, ErasureLedger erasures, HashingKeys keys, TimeProvider clock)
{
    private const int ReadsAtOnce = 16;

    public async Task<Result<VoucherView>> FindAsync(Issuer issuer, VoucherId id, CancellationToken cancellation)
    {
        if (await vouchers.FindAsync(id, Reading.State, cancellation) is { } found)
        {
            return found.Voucher.IssuerId == issuer.Id ? View(found.Voucher) : new Refusal("voucher-unknown");
        }
        return await erasures.FindIssuerAsync(id, cancellation) == issuer.Id ? Deleted(id) : new Refusal("voucher-unknown");
    }

    public async Task<Result<bool>> RevokeAsync(Issuer issuer, VoucherId id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var answer = await vouchers.ChangeAsync(id, Reading.State, read => IssuerRules.Revoke(read, issuer.Id, now), cancellation);
        return answer.Refusal is { Code: "voucher-unknown" } && await erasures.FindIssuerAsync(id, cancellation) == issuer.Id
            ? new Refusal("voucher-used")
            : answer;
    }

    public async Task<Result<(Batch Batch, IReadOnlyList<VoucherView> Vouchers)>> FindBatchAsync(
        Issuer issuer, string batchId, CancellationToken cancellation)
    {
        var batch = VoucherId.TryParse(batchId, out _) ? await issuers.FindBatchAsync(issuer.Id, batchId, cancellation) : null;
        if (batch is null)
        {
            return new Refusal("batch-unknown");
        }
        if (!batch.Completed)
        {
            return new Refusal("batch-incomplete");
        }
        var views = new VoucherView[batch.Count];
        await Parallel.ForEachAsync(
            VoucherCodes.Of(batch, keys).Index(),
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellation },
            async (each, stop) => views[each.Index] = await vouchers.FindAsync(each.Item.Id, Reading.State, stop) is { } found
                ? View(found.Voucher)
                : Deleted(each.Item.Id));
        return (batch, views);
    }

    private VoucherView View(Voucher voucher)
    {
        var status = voucher.StatusAt(clock.GetUtcNow());
        var registration = status is VoucherStatus.Pending or VoucherStatus.Active or VoucherStatus.Locked ? voucher.Registration : null;
        return new VoucherView(
            voucher.Id.Value,
            status.ToString().ToLowerInvariant(),
            voucher.IssuedAt,
            registration?.EnteredAt,
            status == VoucherStatus.Pending ? null : registration?.AccessUntil);
    }

    private static VoucherView Deleted(VoucherId id) => new(id.Value, "deleted", null, null, null);
}
