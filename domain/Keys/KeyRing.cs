using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace VoucherFunctions.Domain.Keys;

/// <summary>A 256-bit key and the version (1–255) that is stored beside everything made with it.</summary>
public sealed record VersionedKey(byte Version, byte[] Key)
{
    private const int FingerprintBytes = 8;

    /// <summary>Tells this key from any other under the same version, and nothing about it: 64 bits derived one way, in hex.</summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(HKDF.Expand(HashAlgorithmName.SHA256, Key, FingerprintBytes, "voucher-functions/fingerprint"u8.ToArray()));
}

/// <summary>
/// One or more 256-bit keys, the current one first: <c>2:BASE64,1:BASE64</c>. New data are made under the current key; others are kept for as long
/// as data made under them exist, or are there because they will be current next. Versions rise; a number is never given to a second key.
/// </summary>
public sealed class KeyRing
{
    public const int KeyBytes = 32;

    /// <summary>Before a ring that was made for one machine: <c>development:1:BASE64</c>.</summary>
    public const string DevelopmentMark = "development:";

    private KeyRing(IReadOnlyList<VersionedKey> keys, bool isDevelopment) => (Keys, IsDevelopment) = (keys, isDevelopment);

    /// <summary>Made by the local runner: to be refused wherever there could be a real person's data.</summary>
    public bool IsDevelopment { get; }

    /// <summary>All keys, the current one first.</summary>
    public IReadOnlyList<VersionedKey> Keys { get; }

    public VersionedKey Current => Keys[0];

    public VersionedKey? Find(byte version) => Keys.FirstOrDefault(key => key.Version == version);

    public static bool TryParse(string? text, [NotNullWhen(true)] out KeyRing? ring)
    {
        ring = null;
        var keys = new List<VersionedKey>();
        var isDevelopment = text?.StartsWith(DevelopmentMark, StringComparison.Ordinal) ?? false;
        foreach (var part in (isDevelopment ? text![DevelopmentMark.Length..] : text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var key = new byte[KeyBytes];
            if (colon < 1
                || !byte.TryParse(part.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                || version == 0
                || keys.Exists(known => known.Version == version)
                || !Convert.TryFromBase64String(part[(colon + 1)..], key, out var written)
                || written != KeyBytes)
            {
                return false;
            }
            keys.Add(new VersionedKey(version, key));
        }
        ring = new KeyRing(keys, isDevelopment);
        return true;
    }
}
