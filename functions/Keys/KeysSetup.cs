using Microsoft.Extensions.Options;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Security;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Keys;

/// <summary>The key rings and what is made under them.</summary>
public static class KeysSetup
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton(provider => RingsOf(provider.GetRequiredService<IOptions<KeyOptions>>().Value))
        .AddSingleton(provider => new HashingKeys(provider.GetRequiredService<KeyRings>().Hashing))
        .AddSingleton(provider => new AccountCipher(provider.GetRequiredService<KeyRings>().Encryption))
        .AddSingleton<KeyRingMonitor>()
        .AddHostedService<KeyRingMonitorAtStart>();

    private static KeyRings RingsOf(KeyOptions options) => new(Ring(options.Hashing), Ring(options.Encryption));

    private static KeyRing Ring(string text) => KeyRing.TryParse(text, out var ring) ? ring : throw new InvalidOperationException("The key ring was not validated.");
}
