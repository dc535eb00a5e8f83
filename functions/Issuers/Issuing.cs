using System.Security.Cryptography;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Issuers;

/// <summary>A batch whose vouchers all exist. <see cref="IsRepeated"/> when an earlier request had begun it.</summary>
public sealed record IssuedBatch(Batch Batch, bool IsRepeated);

/// <summary>
/// Issues batches so that a repeated request gives the same codes: the batch row (with the nonce the codes come from) first, then the vouchers, then the mark that
/// it is complete. Only then are codes handed out, and after it no voucher of the batch is ever created.
/// </summary>
public sealed partial class Issuing(IssuerStore issuers, VoucherTransaction transaction, HashingKeys keys, TimeProvider clock, ILogger<Issuing> logger)
{
    private const int AddsAtOnce = 32;

    public async Task<Result<IssuedBatch>> IssueAsync(KeyHolder holder, string idempotencyKey, IssueCommand request, CancellationToken cancellation)
    {
        var now = clock.GetUtcMilliseconds();
        Issuer? current = holder.Issuer;
        for (var retry = new OptimisticRetry(); current is not null; retry.CountConflict())
        {
            if (await FindAsync(holder, idempotencyKey, cancellation) is { } known)
            {
                if (known.RequestHash != request.Hash)
                {
                    return Problems.IdempotencyKeyReused;
                }
                await CompleteAsync(known, cancellation);
                return new IssuedBatch(known, IsRepeated: true);
            }
            if (IssuerRules.Begin(current, holder.IsTest, request, now).IsRefused(out var refusal, out var counted))
            {
                return refusal;
            }
            var batch = NewBatch(holder, idempotencyKey, request, now);
            if (await issuers.TryBeginAsync(counted, batch, cancellation)
                && await issuers.FindBatchAsync(current.Id, batch.Id, cancellation) is { } begun)
            {
                await CompleteAsync(begun, cancellation);
                Log.Issued(logger, current.Id, batch.Count);
                return new IssuedBatch(begun, IsRepeated: false);
            }
            current = await issuers.FindAsync(current.Id, cancellation);
        }
        return Problems.KeyRequired;
    }

    private async Task<Batch?> FindAsync(KeyHolder holder, string idempotencyKey, CancellationToken cancellation)
    {
        foreach (var version in keys.Versions)
        {
            if (await issuers.FindBatchAsync(holder.Issuer.Id, BatchId(holder, idempotencyKey, version), cancellation) is { } batch)
            {
                return batch;
            }
        }
        return null;
    }

    private Batch NewBatch(KeyHolder holder, string idempotencyKey, IssueCommand request, DateTimeOffset now) => new()
    {
        Id = BatchId(holder, idempotencyKey, keys.Current),
        IssuerId = holder.Issuer.Id,
        IsTest = holder.IsTest,
        RequestHash = request.Hash,
        Nonce = RandomNumberGenerator.GetBytes(VoucherCodes.NonceBytes),
        KeyVersion = keys.Current,
        Count = request.Count,
        Reference = request.Reference,
        CreatedAt = now,
        RedeemableUntil = request.RedeemableUntil ?? IssuerRules.RedeemableUntil(holder.IsTest, now),
        Language = request.Language,
    };

    /// <summary>An idempotency key means something else to another office, and with a test key.</summary>
    private string BatchId(KeyHolder holder, string idempotencyKey, byte version) =>
        Base32.Encode(keys.Hash(version, HashPurpose.IdempotencyKey, $"{holder.Issuer.Id}{(holder.IsTest ? '~' : '|')}{idempotencyKey}").AsSpan(0, VoucherId.Bytes));

    private async Task CompleteAsync(Batch batch, CancellationToken cancellation)
    {
        if (batch.Completed)
        {
            return;
        }
        await Parallel.ForEachAsync(
            VoucherCodes.Of(batch, keys),
            Parallelism.AtMost(AddsAtOnce, cancellation),
            async (voucher, stop) => await transaction.IssueAsync(IssuerRules.NewVoucher(voucher.Id, batch), stop));
        await issuers.CompleteAsync(batch, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Issuer {IssuerId} issued {Count} vouchers.")]
        public static partial void Issued(ILogger logger, string issuerId, int count);
    }
}
