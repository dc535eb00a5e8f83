using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Security;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security.Canaries;

/// <summary>Keys as canaries: in the storage there are only wrapped ones, in logs and traces none.</summary>
internal static class CanaryKeys
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The keys of the rings, and those of all accounts that there are now, unwrapped.</summary>
    public static async Task<IReadOnlyList<Canary>> OfAsync(TestApp app)
    {
        var rings = app.Services.GetRequiredService<KeyRings>();
        var accounts = new List<Canary>();
        await foreach (var row in app.Table("vouchers").QueryAsync<TableEntity>("RowKey eq 'state'", cancellationToken: TestContext.Current.CancellationToken))
        {
            if (row.GetBinary("WrappedKey") is { Length: > 0 } wrapped)
            {
                accounts.Add(new Canary("the key of an account") { Key = Unwrap(rings.Encryption, wrapped, row.GetString("AccountId")) });
            }
        }
        Assert.NotEmpty(accounts);
        return [.. accounts, .. rings.Encryption.Keys.Concat(rings.Hashing.Keys).Select(key => new Canary("a key of the rings") { Key = key.Key })];
    }

    /// <summary>As <see cref="AccountCipher"/> wraps it: version, nonce, tag, key.</summary>
    private static byte[] Unwrap(KeyRing ring, byte[] wrapped, string accountId)
    {
        var (version, nonce, sealedKey) = (wrapped[0], wrapped.AsSpan(1, NonceBytes).ToArray(), wrapped.AsSpan(1 + NonceBytes).ToArray());
        var key = new byte[KeyRing.KeyBytes];
        using var aes = new AesGcm(ring.Find(version)!.Key, TagBytes);
        aes.Decrypt(nonce, sealedKey.AsSpan(TagBytes), sealedKey.AsSpan(0, TagBytes), key, Encoding.UTF8.GetBytes($"key|{accountId}"));
        return key;
    }
}
