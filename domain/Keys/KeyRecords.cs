namespace VoucherFunctions.Domain.Keys;

/// <summary>A key that data were made under, known by its fingerprint.</summary>
public sealed record KnownKey(RingName Ring, byte Version, string Fingerprint, DateTimeOffset FirstUsedAt)
{
    /// <summary>Encryption only: when no account was found under it any more.</summary>
    public DateTimeOffset? UnusedSince { get; init; }

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? RowVersion { get; init; }
}

/// <summary>Which key new data are made under, since when.</summary>
public sealed record CurrentKey(RingName Ring, byte Version, DateTimeOffset Since)
{
    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? RowVersion { get; init; }
}

/// <summary>How far the accounts of one shard of the due queue are wrapped anew, for one promotion of one key.</summary>
/// <param name="Since">When the target became current: a key that was demoted and promoted again is another promotion.</param>
public sealed record RewrapProgress(string Shard, byte Target, DateTimeOffset Since, DateTimeOffset StartedAt)
{
    /// <summary>The last due row that was looked at; null before the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Due rows looked at: an account can have more than one.</summary>
    public int Checked { get; init; }

    public int Rewrapped { get; init; }

    /// <summary>Due rows whose account's key no key of the ring opens.</summary>
    public int Failed { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? RowVersion { get; init; }

    public bool IsFor(CurrentKey current) => Target == current.Version && Since == current.Since;
}

/// <summary>Everything that is recorded about keys; never a key.</summary>
public sealed record KeyRecords(IReadOnlyList<KnownKey> Known, IReadOnlyList<CurrentKey> Current, IReadOnlyList<RewrapProgress> Rewrap)
{
    public KnownKey? Find(RingName ring, byte version) => Known.FirstOrDefault(key => key.Ring == ring && key.Version == version);

    public CurrentKey? CurrentOf(RingName ring) => Current.FirstOrDefault(key => key.Ring == ring);
}
