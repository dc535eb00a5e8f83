using System.Buffers.Text;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>An open session. Only the hash of its 256-bit secret is stored; the hash is also its public id.</summary>
public sealed record Session
{
    public const int MostAtOnce = 5;
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>A use within this time of the last one is not written down, so that most requests only read.</summary>
    public static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    public required string Id { get; init; }

    public required int Epoch { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>12 hours after the start, or the end of the access if that is earlier.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Wrong passwords typed in this session, where one is asked for.</summary>
    public Attempts Attempts { get; init; } = Attempts.None;

    /// <summary>The stored row's version; null before it is stored.</summary>
    public string? Version { get; init; }

    public DateTimeOffset IdleUntil => LastSeenAt + Idle < EndsAt ? LastSeenAt + Idle : EndsAt;

    public bool IsOpen(Account account, DateTimeOffset now) => Epoch == account.SessionEpoch && now < IdleUntil;

    public static Session Start(SessionSecret secret, Account account, DateTimeOffset accessUntil, DateTimeOffset now) => new()
    {
        Id = secret.Id,
        Epoch = account.SessionEpoch,
        StartedAt = now,
        LastSeenAt = now,
        EndsAt = now + Longest < accessUntil ? now + Longest : accessUntil,
    };
}

/// <summary>What the cookie holds: the voucher's id (20 bytes) and 256 random bits, in base64url.</summary>
public sealed class SessionSecret
{
    private const int SecretBytes = 32;
    private readonly byte[] _bytes;

    private SessionSecret(byte[] bytes) => _bytes = bytes;

    public VoucherId Voucher => VoucherId.FromBytes(_bytes);

    /// <summary>SHA-256 of the secret, base32: the session's row and public id.</summary>
    public string Id => Base32.Encode(SHA256.HashData(_bytes.AsSpan(VoucherId.Bytes)));

    public static SessionSecret New(VoucherId voucher) => new([.. voucher.ToBytes(), .. RandomNumberGenerator.GetBytes(SecretBytes)]);

    public string ToCookie() => Base64Url.EncodeToString(_bytes);

    public static SessionSecret? FromCookie(string? cookie)
    {
        var bytes = new byte[VoucherId.Bytes + SecretBytes];
        return cookie is { Length: 70 } && Base64Url.IsValid(cookie) && Base64Url.TryDecodeFromChars(cookie, bytes, out var written) && written == bytes.Length
            ? new SessionSecret(bytes)
            : null;
    }
}
