using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VoucherFunctions.Security;

/// <summary>A 256-bit key and the version (1–255) that is stored beside everything made with it.</summary>
public sealed record VersionedKey(byte Version, byte[] Key);

/// <summary>
/// One or more 256-bit keys, the current one first: <c>2:BASE64,1:BASE64</c>. New data are made under the current key;
/// older ones are kept for as long as data made under them exist.
/// </summary>
public sealed class KeyRing
{
    public const int KeyBytes = 32;

    private KeyRing(IReadOnlyList<VersionedKey> keys) => Keys = keys;

    /// <summary>All keys, the current one first.</summary>
    public IReadOnlyList<VersionedKey> Keys { get; }

    public VersionedKey Current => Keys[0];

    public VersionedKey? Find(byte version) => Keys.FirstOrDefault(key => key.Version == version);

    public static bool TryParse(string? text, [NotNullWhen(true)] out KeyRing? ring)
    {
        ring = null;
        var keys = new List<VersionedKey>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
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
        ring = new KeyRing(keys);
        return true;
    }
}
