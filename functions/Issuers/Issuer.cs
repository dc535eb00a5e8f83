using System.Collections.Immutable;

namespace VoucherFunctions.Issuers;

/// <summary>An office that issues vouchers. At most two keys, so that one can be replaced without a gap.</summary>
public sealed record Issuer
{
    public const int MostKeys = 2;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Vouchers a UTC day.</summary>
    public required int DailyQuota { get; init; }

    /// <summary>The UTC day (yyyyMMdd) that <see cref="IssuedThatDay"/> counts.</summary>
    public string? QuotaDay { get; init; }

    public int IssuedThatDay { get; init; }

    public ImmutableArray<IssuerKey> Keys { get; init; } = [];

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }

    public int IssuedOn(string day) => QuotaDay == day ? IssuedThatDay : 0;
}

/// <summary>A key: only the SHA-256 of its secret is stored.</summary>
public sealed record IssuerKey(string Id, string SecretHash, DateTimeOffset CreatedAt);

/// <summary>One request for vouchers. The codes are derived from the nonce, never stored.</summary>
public sealed record Batch
{
    public required string Id { get; init; }

    public required string IssuerId { get; init; }

    /// <summary>Of what was asked for, to tell a repetition from another request under the same idempotency key.</summary>
    public required string RequestHash { get; init; }

    public required byte[] Nonce { get; init; }

    /// <summary>The version of the hashing key that codes and ids are made with.</summary>
    public required byte KeyVersion { get; init; }

    public required int Count { get; init; }

    public string? Reference { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset RedeemableUntil { get; init; }

    public required Language Language { get; init; }

    /// <summary>All its vouchers exist. Codes are handed out only then, and none is created afterwards.</summary>
    public bool Completed { get; init; }

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }
}
