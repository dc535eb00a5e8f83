using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Vouchers;

/// <summary>
/// Finds a voucher by its code. A code that exists is always found, however many wrong ones came from the same network address. Wrong ones are slowed to 10 a minute
/// an address: to spare the service, as the code's 75 bits make guessing hopeless (docs/security.md). The instance's memory counts first, then the storage for all instances.
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
    private readonly RateLimiter _wrong = new(WrongAMinute, clock);

    /// <summary>Refuses with <c>voucher-unknown</c>, <c>voucher-used</c> when its account was deleted, or <c>too-many-attempts</c> in place of the first.</summary>
    public async Task<Result<VoucherSnapshot>> FindAsync(VoucherCode code, string client, DateTimeOffset now, CancellationToken cancellation)
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
        metrics.CodeGuessed();
        if ((_wrong.Count(client) ?? await CountWrongAsync(client, now, cancellation)) is { } tooMany)
        {
            Log.TooManyWrongCodes(logger);
            return tooMany;
        }
        Log.WrongCode(logger);
        return Problems.VoucherUnknown;
    }

    private Task<Refusal?> CountWrongAsync(string client, DateTimeOffset now, CancellationToken cancellation)
    {
        var window = ThrottleStore.MinuteWindow(ThrottleStore.Code, now);
        var hashed = keys.Hash(keys.Current, HashPurpose.Throttle, Encoding.UTF8.GetBytes($"{window}|{client}"));
        return throttle.CountAsync(
            new ThrottleKey(window, Base32.Encode(hashed.AsSpan(0, VoucherId.Bytes))),
            now,
            attempts => attempts.Count < WrongAMinute ? null : Problems.TooManyAttempts with { RetryAfter = ThrottleStore.LeftOfMinute(now) },
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
