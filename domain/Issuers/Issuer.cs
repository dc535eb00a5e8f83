using System.Collections.Immutable;

namespace VoucherFunctions.Domain.Issuers;

/// <summary>An office that issues vouchers. At most two keys, so that one can be replaced without a gap.</summary>
public sealed record Issuer
{
    /// <summary>Of each kind, live and test.</summary>
    public const int MostKeys = 2;

    /// <summary>Test vouchers a UTC day: enough to try the largest batch.</summary>
    public const int TestQuota = 2000;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Vouchers a UTC day.</summary>
    public required int DailyQuota { get; init; }

    /// <summary>The UTC day (yyyyMMdd) that <see cref="IssuedThatDay"/> counts.</summary>
    public string? QuotaDay { get; init; }

    public int IssuedThatDay { get; init; }

    public int TestIssuedThatDay { get; init; }

    public ImmutableArray<IssuerKey> Keys { get; init; } = [];

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }

    public int IssuedOn(string day) => QuotaDay == day ? IssuedThatDay : 0;

    public int TestIssuedOn(string day) => QuotaDay == day ? TestIssuedThatDay : 0;
}

/// <summary>A key: only the SHA-256 of its secret is stored.</summary>
public sealed record IssuerKey(string Id, string SecretHash, DateTimeOffset CreatedAt)
{
    /// <summary>What is issued with it is a test, and it sees nothing else.</summary>
    public bool IsTest { get; init; }
}

/// <summary>An office with the instant, to the hour, at which each of its keys was last used.</summary>
public sealed record IssuerOverview(Issuer Issuer, IReadOnlyDictionary<string, DateTimeOffset> LastUses);

/// <summary>The office that calls, and the key it calls with.</summary>
public sealed record KeyHolder(Issuer Issuer, IssuerKey Key)
{
    public bool IsTest => Key.IsTest;

    /// <summary>Whether something is the office's own, and of the key's kind: live and test are worlds apart.</summary>
    public bool Owns(string issuerId, bool isTest) => issuerId == Issuer.Id && isTest == IsTest;
}

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

    public bool IsTest { get; init; }

    /// <summary>All its vouchers exist. Codes are handed out only then, and none is created afterwards.</summary>
    public bool Completed { get; init; }

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }
}
