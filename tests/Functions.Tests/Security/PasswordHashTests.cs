using System.Text;
using VoucherFunctions.Security;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

/// <summary>Passwords are hashed by Argon2id with the cost of production.</summary>
public sealed class PasswordHashTests(AzuriteFixture azurite)
{
    /// <summary>The answer of the reference implementation: <c>argon2 "sixteen bytes ok" -id -t 2 -k 19456 -p 1 -l 32 -r</c>.</summary>
    [Fact]
    public void A_password_is_hashed_as_the_reference_implementation_does()
    {
        var tag = PasswordHasher.Argon2id(new PasswordCost(19456, 2), "correct horse battery staple", Encoding.ASCII.GetBytes("sixteen bytes ok"));

        Assert.Equal("6c07e77ace470020837a15779c3e010284a0bfcc5a107fc5de2d5291920825b2", Convert.ToHexStringLower(tag));
    }

    /// <summary>Tests in memory hash plainly.</summary>
    [Fact, Trait("Storage", "Azurite")]
    public async Task What_is_stored_of_a_password_is_its_hash_by_Argon2id_with_19_MiB_and_two_passes()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var stored = (await app.DumpAsync("vouchers")).Single(row => row.Contains("PasswordHash=", StringComparison.Ordinal)).Split("PasswordHash=")[1].Split(" | ")[0];

        var parts = stored.Split('$');
        Assert.Equal(["", "argon2id", "v=19", "m=19456,t=2,p=1"], parts[..4]);
        var tag = PasswordHasher.Argon2id(new PasswordCost(19456, 2), Journey.Password, FromBase64(parts[4]));
        Assert.Equal(tag, FromBase64(parts[5]));
    }

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
