using VoucherFunctions.Http;

namespace VoucherFunctions.Accounts;

/// <summary>Activation, sessions, passwords and the profile.</summary>
public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AddressClaims>()
        .AddSingleton<RegistrationCleanUp>()
        .AddSingleton<Passwords>()
        .AddSingleton<Activations>()
        .AddSingleton<LogIns>()
        .AddSingleton<Sessions>()
        .AddSingleton<SessionCookie>()
        .AddSingleton<Devices>()
        .AddSingleton<DeviceCookie>()
        .AddSingleton<Profiles>()
        .AddSingleton<PasswordResets>();

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapLinkChecks();
        routes.MapProfile();
    }
}
