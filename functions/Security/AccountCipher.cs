using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Security;

/// <summary>
/// AES-256-GCM under a key of the account's own. That key is stored only wrapped by the key-encryption key; without
/// the wrapped key nothing that was sealed can ever be read again.
/// </summary>
public sealed class AccountCipher(KeyRing ring)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>A new account key, wrapped: version (1 byte) then the sealed key. Bound to the account's id.</summary>
    public byte[] NewWrappedKey(string accountId)
    {
        var accountKey = RandomNumberGenerator.GetBytes(KeyRing.KeyBytes);
        var wrapped = Wrap(accountKey, accountId);
        CryptographicOperations.ZeroMemory(accountKey);
        return wrapped;
    }

    /// <summary>
    /// The same account key, wrapped by the current key. Null when there is none, or when it is under this version or a later one already: hosts with
    /// an older and a newer ring never undo each other's work.
    /// </summary>
    public byte[]? Rewrap(byte[] wrappedKey, string accountId)
    {
        if (wrappedKey.Length == 0 || wrappedKey[0] >= ring.Current.Version)
        {
            return null;
        }
        var accountKey = Unwrap(wrappedKey, accountId);
        var wrapped = Wrap(accountKey, accountId);
        CryptographicOperations.ZeroMemory(accountKey);
        return wrapped;
    }

    /// <summary>Seals text as nonce, tag and ciphertext. The context (which account, which field) must be the same to open it.</summary>
    public byte[] SealText(byte[] wrappedKey, string accountId, string field, string text) =>
        Seal(Unwrap(wrappedKey, accountId), Encoding.UTF8.GetBytes(text), $"{field}|{accountId}");

    /// <summary>Opens what <see cref="SealText"/> made; throws <see cref="CryptographicException"/> when anything was changed or swapped.</summary>
    public string OpenText(byte[] wrappedKey, string accountId, string field, byte[] sealedText) =>
        Encoding.UTF8.GetString(Open(Unwrap(wrappedKey, accountId), sealedText, $"{field}|{accountId}"));

    /// <summary>A key for one purpose only, derived from the account's key: the same again for as long as the account's key exists, whatever wraps it.</summary>
    public byte[] Derive(byte[] wrappedKey, string accountId, string purpose)
    {
        var accountKey = Unwrap(wrappedKey, accountId);
        var derived = HKDF.Expand(HashAlgorithmName.SHA256, accountKey, KeyRing.KeyBytes, Encoding.UTF8.GetBytes($"{purpose}|{accountId}"));
        CryptographicOperations.ZeroMemory(accountKey);
        return derived;
    }

    private byte[] Wrap(byte[] accountKey, string accountId) =>
        [ring.Current.Version, .. Seal(ring.Current.Key, accountKey, $"key|{accountId}")];

    private byte[] Unwrap(byte[] wrappedKey, string accountId)
    {
        if (wrappedKey.Length == 0)
        {
            throw new CryptographicException("The account's key was destroyed.");
        }
        var key = ring.Find(wrappedKey[0])
            ?? throw new EncryptionKeyMissingException(wrappedKey[0]);
        return Open(key.Key, wrappedKey.AsSpan(1), $"key|{accountId}");
    }

    private static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, string context)
    {
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(context));
        return box;
    }

    private static byte[] Open(byte[] key, ReadOnlySpan<byte> box, string context)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A sealed value is shorter than its nonce and tag.");
        }
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(context));
        return plain;
    }
}

/// <summary>Nothing is damaged: the key under which it was wrapped is not in the ring.</summary>
public sealed class EncryptionKeyMissingException(byte version) : CryptographicException($"Encryption key version {version} is not in the key ring.");
