using Microsoft.Azure.Functions.Worker;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Keys;

/// <summary>
/// Wraps every account's key by the current encryption key after a promotion. A run stops after 50 seconds; the next one goes on from there. It finds accounts by their due
/// rows, so its cost follows the accounts that exist. When all are done, a run costs one read.
/// </summary>
public sealed partial class RewrapAccountKeys(
    KeyRingMonitor monitor,
    KeyStore store,
    KeyRings rings,
    DueTable due,
    VoucherTransaction transaction,
    AccountCipher cipher,
    VoucherMetrics metrics,
    TimeProvider clock,
    ILogger<RewrapAccountKeys> logger) : ITimerJob
{
    private const int ShardsAtOnce = 8;
    private const int SaveEvery = 100;

    [Function(nameof(RewrapAccountKeys))]
    public async Task<SweepReport> RunAsync([TimerTrigger("0 15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var records = (await monitor.CheckAsync(cancellation)).Records;
        if (KeyRules.Unfinished(records) is not { } promotion
            || promotion.Version != rings.Encryption.Current.Version
            || now < promotion.Since + KeyRules.Grace)
        {
            var nothing = new SweepReport(0, 0, TimeSpan.Zero);
            metrics.Swept(VoucherMetrics.Rewrap, nothing.Done, nothing.OldestOverdue);
            return nothing;
        }
        var run = new RewrapRun(promotion, records, now);
        using var time = new TimeBox(ITimerJob.LongestRun, clock, cancellation);
        await Parallel.ForEachAsync(
            run.Open,
            Parallelism.AtMost(ShardsAtOnce, cancellation),
            async (shard, _) => run.Add(shard, await RewrapShardAsync(shard, run, time.Token, cancellation)));
        if (run.IsComplete)
        {
            await FinishAsync(promotion, records, now, cancellation);
        }
        var report = run.ToReport();
        metrics.Swept(VoucherMetrics.Rewrap, report.Done, report.OldestOverdue);
        Log.Rewrapped(logger, promotion.Version, report.Done, report.Due - report.Done, run.IsComplete);
        return run.Failure is null ? report : throw new IncompleteRunException("Not every account could be looked at.", report, run.Failure);
    }

    /// <summary>Registrations before accounts: one that becomes an account meanwhile is met as one or the other.</summary>
    private async Task<RewrapProgress?> RewrapShardAsync(RewrapProgress progress, RewrapRun run, CancellationToken stop, CancellationToken cancellation)
    {
        try
        {
            foreach (var kind in RewrapRun.KindsAfter(progress.Cursor))
            {
                await foreach (var item in due.AfterAsync(kind, progress.Shard, progress.Cursor, stop))
                {
                    progress = RewrapRun.Count(progress, item, await RewrapAsync(item, cancellation));
                    if (progress.Checked % SaveEvery == 0)
                    {
                        if (await store.TrySaveAsync(progress, cancellation) is not { } saved)
                        {
                            return null;
                        }
                        progress = saved;
                    }
                }
            }
            progress = progress with { CompletedAt = run.Now };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The time of this run is over; the next one goes on from here.
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            run.Failure = failure;
        }
        return await store.TrySaveAsync(progress, cancellation);
    }

    /// <summary>True when it was wrapped anew, null when its key does not open.</summary>
    private async Task<bool?> RewrapAsync(DueItem item, CancellationToken cancellation)
    {
        try
        {
            var answer = await transaction.ChangeAsync(item.Voucher, Reading.State, read => Decide(read, item), cancellation);
            return !answer.IsRefused(out _, out var isRewrapped) && isRewrapped;
        }
        catch (CryptographicException failure)
        {
            Log.Unreadable(logger, item.AccountId ?? "", failure);
            return null;
        }
    }

    /// <summary>What is left of the registration of an account is passed over: the account's own row comes later.</summary>
    private Decision<bool> Decide(VoucherSnapshot? read, DueItem item)
    {
        if (read?.Voucher is not { Registration: { } registration } voucher
            || (item.Kind == DueKind.Lapse && voucher.Status != StoredStatus.Pending)
            || cipher.Rewrap(registration.WrappedKey, registration.AccountId) is not { } wrapped)
        {
            return new Decision<bool>(false);
        }
        return new Decision<bool>(true, new VoucherChange(voucher with { Registration = registration with { WrappedKey = wrapped } }));
    }

    private async Task FinishAsync(CurrentKey promotion, KeyRecords records, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var key in KeyRules.Earlier(records, promotion))
        {
            if (await store.TrySaveAsync(key with { UnusedSince = now }, cancellation))
            {
                Log.Unused(logger, key.Version);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account keys: {Done} wrapped by key {Version}, {Failed} could not be; complete: {IsComplete}.")]
        public static partial void Rewrapped(ILogger logger, byte version, int done, int failed, bool isComplete);

        [LoggerMessage(2, LogLevel.Error, "The key of account {AccountId} does not open.")]
        public static partial void Unreadable(ILogger logger, string accountId, Exception failure);

        [LoggerMessage(3, LogLevel.Information, "No account is under encryption key {Version} any more: it may leave the ring.")]
        public static partial void Unused(ILogger logger, byte version);
    }
}
