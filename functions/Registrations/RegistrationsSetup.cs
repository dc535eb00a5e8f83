using Microsoft.Extensions.DependencyInjection.Extensions;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Registrations;

/// <summary>From the code to the activation mail.</summary>
public static class RegistrationsSetup
{
    public static IServiceCollection AddRegistrations(this IServiceCollection services)
    {
        services.TryAddSingleton<NewActivationNonce>(LinkToken.NewNonce);
        return services.AddSingleton<RegistrationService>();
    }
}
