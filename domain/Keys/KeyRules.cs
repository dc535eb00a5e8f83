using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Issuers;

namespace VoucherFunctions.Domain.Keys;

/// <summary>What is wrong with a ring: a key that data need is not in it, or another one stands under its number.</summary>
public sealed record KeyFault(RingName Ring, byte Version, bool IsDifferent);

/// <summary>Which keys are still needed, as pure decisions.</summary>
public static class KeyRules
{
    /// <summary>After a promotion, hosts with the earlier ring may go on for a moment: what they write must not be missed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    public static IReadOnlyList<KeyFault> Faults(KeyRings rings, KeyRecords records, DateTimeOffset now) =>
    [
        .. from known in records.Known
           let key = rings.Of(known.Ring).Find(known.Version)
           where key is null ? IsNeeded(known, records, now) : key.Fingerprint != known.Fingerprint
           select new KeyFault(known.Ring, known.Version, IsDifferent: key is not null),
    ];

    public static bool IsNeeded(KnownKey key, KeyRecords records, DateTimeOffset now) => key.Ring == RingName.Encryption
        ? key.UnusedSince is null
        : NeededUntil(key, records) is not { } until || now < until;

    /// <summary>
    /// How long a hashing key must stay: a voucher issued at its last moment is entered at its last moment and the account lives out its time. Null while it is
    /// the current one.
    /// </summary>
    public static DateTimeOffset? NeededUntil(KnownKey key, KeyRecords records) =>
        records.CurrentOf(RingName.Hashing) is { } current && current.Version != key.Version
            ? AccessPeriod.DeletedAtLatest(AccessPeriod.Until(IssuerRules.LatestRedeemableUntil(isTest: false, current.Since + Grace)))
            : null;

    /// <summary>The promotion whose work is not done yet: accounts may still be under an earlier key. Null when there is none.</summary>
    public static CurrentKey? Unfinished(KeyRecords records) =>
        records.CurrentOf(RingName.Encryption) is { } current && Earlier(records, current).Any() ? current : null;

    /// <summary>The keys that the promotion leaves without use once it is done.</summary>
    public static IEnumerable<KnownKey> Earlier(KeyRecords records, CurrentKey current) =>
        records.Known.Where(key => key.Ring == RingName.Encryption && key.Version < current.Version && key.UnusedSince is null);
}
