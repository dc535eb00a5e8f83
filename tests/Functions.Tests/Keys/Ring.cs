using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Keys;

/// <summary>Rings of the same keys in different orders, and instances that have them. Key 1 is the one that every test app starts with.</summary>
internal static class Ring
{
    public static string Encryption(params IEnumerable<int> versions) => Of("encryption", versions);

    public static string Hashing(params IEnumerable<int> versions) => Of("hashing", versions);

    /// <summary>An instance on the same tables, with these encryption keys.</summary>
    public static Task<TestApp> BesideAsync(AzuriteFixture azurite, TestApp app, params IEnumerable<int> versions) =>
        BesideAsync(azurite, app, "Keys:Encryption", Encryption(versions));

    public static Task<TestApp> BesideAsync(AzuriteFixture azurite, TestApp app, string setting, string ring) => TestApp.StartAsync(azurite, options =>
    {
        options.Beside = app;
        options.Settings[setting] = ring;
    });

    public static AccountCipher Cipher(params IEnumerable<int> versions) => CipherOf(Encryption(versions));

    public static AccountCipher CipherOf(string text) => KeyRing.TryParse(text, out var ring) ? new AccountCipher(ring) : throw new ArgumentException(text);

    /// <summary>The versions that the account keys in storage are wrapped under, sorted; none for a voucher without a person.</summary>
    public static async Task<IReadOnlyList<int>> VersionsAsync(TestApp app)
    {
        var versions = new List<int>();
        await foreach (var row in app.Table("vouchers").QueryAsync<Azure.Data.Tables.TableEntity>("RowKey eq 'state'"))
        {
            if (row.GetBinary("WrappedKey") is { Length: > 0 } wrapped)
            {
                versions.Add(wrapped[0]);
            }
        }
        versions.Sort();
        return versions;
    }

    public static async Task<Voucher> StateAsync(TestApp app, string code)
    {
        var keys = app.Services.GetRequiredService<HashingKeys>();
        Assert.True(VoucherCode.TryParse(code, out var parsed));
        foreach (var version in keys.Versions)
        {
            if (await app.Services.GetRequiredService<VoucherTable>().FindAsync(
                VoucherId.Of(parsed, keys, version), Reading.State, TestContext.Current.CancellationToken) is { } found)
            {
                return found.Voucher;
            }
        }
        throw new InvalidOperationException("There is no such voucher.");
    }

    private static string Of(string name, IEnumerable<int> versions) => string.Join(',', versions.Select(version =>
        string.Create(CultureInfo.InvariantCulture, $"{version}:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(version == 1 ? name : $"{name} {version}")))}")));
}
