using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Vouchers;

/// <summary>
/// Finds a voucher by its code, for people who may be guessing: wrong codes are counted by network address, 10 a minute, in this instance's memory
/// at once and in the storage for all instances.
/// </summary>
public sealed partial class VoucherFinder(
    VoucherTable vouchers,
    ErasureLedger erasures,
    ThrottleStore throttle,
    HashingKeys keys,
    VoucherMetrics metrics,
    TimeProvider clock,
    ILogger<VoucherFinder> logger)
{
    private const int WrongAMinute = 10;
    private readonly GuessLimiter _guesses = new(WrongAMinute, clock);

    /// <summary>Refuses with <c>voucher-unknown</c>, <c>voucher-used</c> when its account was deleted, or <c>too-many-attempts</c>.</summary>
    public async Task<Result<VoucherSnapshot>> FindAsync(VoucherCode code, string client, DateTimeOffset now, CancellationToken cancellation)
    {
        var begun = await _guesses.BeginAsync(client, cancellation);
        if (begun.IsRefused(out var tooMany, out var guess))
        {
            Log.TooManyWrongCodes(logger);
            metrics.CodeGuessed();
            return tooMany;
        }
        using (guess)
        {
            foreach (var version in keys.Versions)
            {
                var id = VoucherId.Of(code, keys, version);
                if (await vouchers.FindAsync(id, Reading.State, cancellation) is { } found)
                {
                    return found;
                }
            }
            foreach (var version in keys.Versions)
            {
                if (await erasures.FindIssuerAsync(VoucherId.Of(code, keys, version), cancellation) is not null)
                {
                    return Problems.VoucherUsed;
                }
            }
            guess.WasWrong = true;
            Log.WrongCode(logger);
            metrics.CodeGuessed();
            if (await CountWrongAsync(client, now, cancellation) is { } tooManyElsewhere)
            {
                guess.BlockSource();
                return tooManyElsewhere;
            }
            return Problems.VoucherUnknown;
        }
    }

    private Task<Refusal?> CountWrongAsync(string client, DateTimeOffset now, CancellationToken cancellation)
    {
        var window = ThrottleStore.MinuteWindow(ThrottleStore.Code, now);
        var hashed = keys.Hash(keys.Current, HashPurpose.Throttle, Encoding.UTF8.GetBytes($"{window}|{client}"));
        return throttle.CountAsync(
            new ThrottleKey(window, Base32.Encode(hashed.AsSpan(0, VoucherId.Bytes))),
            now,
            attempts => attempts.Count < WrongAMinute ? null : Problems.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(1) },
            cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A code that belongs to no voucher was tried.")]
        public static partial void WrongCode(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Too many wrong codes from one network address: refused.")]
        public static partial void TooManyWrongCodes(ILogger logger);
    }
}
