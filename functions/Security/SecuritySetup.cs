using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VoucherFunctions.Security;

/// <summary>Password hashing.</summary>
public static class SecuritySetup
{
    public static IServiceCollection AddPasswordHashing(this IServiceCollection services)
    {
        services.TryAddSingleton<DerivePassword>(PasswordHasher.Argon2id);
        return services.AddSingleton<PasswordHasher>();
    }
}
