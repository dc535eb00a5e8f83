using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using VoucherFunctions.Http;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Hosting;

/// <summary>Binds and validates the settings, and registers the values that the app reads from them.</summary>
public static class SettingsSetup
{
    public static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<SiteOptions>(configuration.GetSection(SiteOptions.Section)).AddSingleton<IValidateOptions<SiteOptions>, ValidateSiteOptions>();
        services.Configure<StorageOptions>(configuration.GetSection(StorageOptions.Section)).AddSingleton<IValidateOptions<StorageOptions>, ValidateStorageOptions>();
        services.Configure<IdentityOptions>(configuration.GetSection(IdentityOptions.Section));
        services.Configure<KeyOptions>(configuration.GetSection(KeyOptions.Section)).AddSingleton<IValidateOptions<KeyOptions>, ValidateKeyOptions>();
        services.AddSingleton<IValidateOptions<KeyOptions>>(new DevelopmentKeys(configuration));
        services.Configure<MailOptions>(configuration.GetSection(MailOptions.Section)).AddSingleton<IValidateOptions<MailOptions>, ValidateMailOptions>();
        services.Configure<AdminOptions>(configuration.GetSection(AdminOptions.Section)).AddSingleton<IValidateOptions<AdminOptions>, ValidateAdminOptions>();
        services.Configure<NetworkOptions>(configuration.GetSection(NetworkOptions.Section)).AddSingleton<IValidateOptions<NetworkOptions>, ValidateNetworkOptions>();
        services.AddOptions<SiteOptions>().ValidateOnStart();
        services.AddOptions<StorageOptions>().ValidateOnStart();
        services.AddOptions<KeyOptions>().ValidateOnStart();
        services.AddOptions<MailOptions>().ValidateOnStart();
        services.AddOptions<AdminOptions>().ValidateOnStart();
        services.AddOptions<NetworkOptions>().ValidateOnStart();
        services.AddSingleton(provider => Names(Settings<SiteOptions>(provider)));
        services.AddSingleton(provider => new SiteOrigin(new Uri(Settings<SiteOptions>(provider).Origin)));
        services.AddSingleton(provider => new HelpContact(Settings<MailOptions>(provider).ReplyTo is { Length: > 0 } email ? email : null));
        services.AddSingleton(provider => new AllowedOrigins(
            Settings<SiteOptions>(provider).AllowedOrigins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet()));
        services.AddSingleton(provider => new ClientAddress(Settings<NetworkOptions>(provider).TrustedProxies));
        return services;
    }

    /// <summary>A language without a name of its own uses the name for all.</summary>
    private static ServiceName Names(SiteOptions site)
    {
        string Or(string name) => string.IsNullOrWhiteSpace(name) ? site.ServiceName : name;
        return new ServiceName(Or(site.ServiceNameFr), Or(site.ServiceNameDe), Or(site.ServiceNameIt), Or(site.ServiceNameEn));
    }

    private static T Settings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;
}
