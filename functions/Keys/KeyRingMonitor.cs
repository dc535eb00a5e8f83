using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Keys;

/// <summary>What was found when the rings were compared with what is recorded.</summary>
public sealed record KeyCheck(KeyRecords Records, IReadOnlyList<KeyFault> Faults);

/// <summary>
/// Compares the rings of this instance with the keys that data were made under, and records the current ones. A key that is missing makes no noise by itself
/// until somebody's data cannot be opened: this makes it at the start, hourly and when readiness is asked for.
/// </summary>
public sealed partial class KeyRingMonitor(KeyStore store, KeyRings rings, TimeProvider clock, ILogger<KeyRingMonitor> logger)
{
    public async Task<KeyCheck> LookAsync(CancellationToken cancellation)
    {
        var records = await store.ReadAsync(cancellation);
        return new KeyCheck(records, KeyRules.Faults(rings, records, clock.GetUtcNow()));
    }

    /// <summary>Looks, says aloud what is wrong, and records the current keys unless another key is known under their number.</summary>
    public async Task<KeyCheck> CheckAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var check = await LookAsync(cancellation);
        var isChanged = false;
        foreach (var fault in check.Faults)
        {
            Say(fault);
        }
        foreach (var name in KeyRings.Names.Where(name => !IsWrong(check, name)))
        {
            isChanged |= await RecordAsync(name, check.Records, now, cancellation);
        }
        return isChanged ? check with { Records = await store.ReadAsync(cancellation) } : check;
    }

    /// <summary>Whether new data would be made under a key that is not the one that its number stands for.</summary>
    public bool IsWrong(KeyCheck check, RingName name) => check.Faults.Contains(new KeyFault(name, rings.Of(name).Current.Version, IsDifferent: true));

    /// <summary>The key first, then that it is current: what is current is always known.</summary>
    private async Task<bool> RecordAsync(RingName name, KeyRecords records, DateTimeOffset now, CancellationToken cancellation)
    {
        var key = rings.Of(name).Current;
        var known = records.Find(name, key.Version);
        var current = records.CurrentOf(name);
        if (known is { UnusedSince: null } && current?.Version == key.Version)
        {
            return false;
        }
        if (known is not { UnusedSince: null })
        {
            var inUse = known is null ? new KnownKey(name, key.Version, key.Fingerprint, now) : known with { UnusedSince = null };
            await store.TrySaveAsync(inUse, cancellation);
        }
        if (current?.Version != key.Version)
        {
            await store.TrySaveAsync(new CurrentKey(name, key.Version, now) { RowVersion = current?.RowVersion }, cancellation);
            Log.Current(logger, name, key.Version);
        }
        return true;
    }

    private void Say(KeyFault fault)
    {
        if (fault.IsDifferent)
        {
            Log.Different(logger, fault.Ring, fault.Version);
        }
        else
        {
            Log.Missing(logger, fault.Ring, fault.Version);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Ring}: new data are made under key {Version} from now on.")]
        public static partial void Current(ILogger logger, RingName ring, byte version);

        [LoggerMessage(2, LogLevel.Error, "{Ring}: key {Version} is not in the ring, and data made under it exist. Put it back.")]
        public static partial void Missing(ILogger logger, RingName ring, byte version);

        [LoggerMessage(3, LogLevel.Error, "{Ring}: key {Version} of the ring is not the key that data were made under. Put that one back.")]
        public static partial void Different(ILogger logger, RingName ring, byte version);
    }
}
