using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>A browser that has logged in to the account before, and the wrong passwords typed in it since. Stored with the account.</summary>
/// <param name="Id">A keyed hash of its secret and the address (<see cref="DeviceSecret.IdsFor"/>).</param>
public sealed record KnownDevice(string Id, Attempts Attempts)
{
    public const int MostAtOnce = 5;
}

/// <summary>A browser that logs in, as one account knows it or will know it: its secret, and its ids under every key of the ring, the current key first.</summary>
public sealed record Device(DeviceSecret Secret, ImmutableArray<string> Ids)
{
    public bool Is(KnownDevice known) => Ids.Contains(known.Id);
}

/// <summary>The value of the device cookie: 256 random bits in base64url. It names nobody, and is no part of the password.</summary>
public sealed class DeviceSecret
{
    private const int SecretBytes = 32;
    private const int Characters = 43;
    private readonly byte[] _bytes;

    private DeviceSecret(byte[] bytes) => _bytes = bytes;

    public static DeviceSecret New() => new(RandomNumberGenerator.GetBytes(SecretBytes));

    public string ToCookie() => Base64Url.EncodeToString(_bytes);

    public static DeviceSecret? FromCookie(string? cookie)
    {
        var bytes = new byte[SecretBytes];
        return cookie is { Length: Characters } && Base64Url.IsValid(cookie) && Base64Url.TryDecodeFromChars(cookie, bytes, out var written) && written == SecretBytes
            ? new DeviceSecret(bytes)
            : null;
    }

    /// <summary><c>version:hash</c>: another address or another key gives another id, so that a secret is known to one account only.</summary>
    public ImmutableArray<string> IdsFor(EmailAddress email, HashingKeys keys)
    {
        byte[] data = [.. _bytes, .. Encoding.UTF8.GetBytes(email.Normalised)];
        return [.. keys.Versions.Select(version => $"{version}:{Base32.Encode(keys.Hash(version, HashPurpose.Device, data).AsSpan(0, VoucherId.Bytes))}")];
    }
}
