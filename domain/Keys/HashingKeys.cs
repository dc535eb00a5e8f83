using System.Security.Cryptography;
using System.Text;

namespace VoucherFunctions.Domain.Keys;

/// <summary>What a keyed hash is for. Each purpose has a key of its own, so that no value of one means anything to another.</summary>
public enum HashPurpose
{
    VoucherId,
    VoucherCode,
    Email,
    Link,
    Throttle,
    Ledger,
    IdempotencyKey,
    Device,
}

/// <summary>
/// HMAC-SHA-256 under keys derived (HKDF-Expand, RFC 5869) from the hashing key ring: what makes stored identifiers
/// useless to whoever reads the storage.
/// </summary>
public sealed class HashingKeys
{
    private readonly Dictionary<(byte Version, HashPurpose Purpose), byte[]> _keys = [];

    public HashingKeys(KeyRing ring)
    {
        Versions = [.. ring.Keys.Select(key => key.Version)];
        foreach (var key in ring.Keys)
        {
            foreach (var purpose in Enum.GetValues<HashPurpose>())
            {
                var info = Encoding.UTF8.GetBytes($"voucher-functions/{purpose}");
                _keys[(key.Version, purpose)] = HKDF.Expand(HashAlgorithmName.SHA256, key.Key, KeyRing.KeyBytes, info);
            }
        }
    }

    /// <summary>The versions in use, the current one first.</summary>
    public IReadOnlyList<byte> Versions { get; }

    public byte Current => Versions[0];

    /// <summary>The 32-byte HMAC of the data; throws when the version is not in the ring.</summary>
    public byte[] Hash(byte version, HashPurpose purpose, ReadOnlySpan<byte> data) =>
        HMACSHA256.HashData(_keys[(version, purpose)], data);

    public byte[] Hash(byte version, HashPurpose purpose, string data) =>
        Hash(version, purpose, Encoding.UTF8.GetBytes(data));

    public bool Has(byte version) => Versions.Contains(version);
}
