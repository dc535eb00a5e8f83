using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Http;
using VoucherFunctions.Issuers;
using VoucherFunctions.Keys;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Settings;
using VoucherFunctions.Storage;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Hosting;

/// <summary>
/// What the framework registers for any type, <c>ILogger&lt;&gt;</c> and <c>IOptions&lt;&gt;</c> and what they are made of, once more for each type that a start asks for, but closed; unless
/// somebody has registered it already. What is open the container closes when it is asked, and ahead-of-time compilation leaves that to a type loader: a fifth of the time from the start of
/// the process to its first answer (docs/performance.md). A type that is missing here works all the same, only later.
/// </summary>
public static class AotServiceRegistrations
{
    public static IServiceCollection AddClosedGenerics(this IServiceCollection services) => services.AddLoggers().AddOptionsOfAll();

    private static IServiceCollection AddLoggers(this IServiceCollection services) => services
        .AddLogger<Activations>()
        .AddLogger<AdminKeys>()
        .AddLogger<AllowListMailSender>()
        .AddLogger<ArchiveTurns>()
        .AddLogger<Deletion>()
        .AddLogger<DeletionReceipts>()
        .AddLogger<BestEffort>()
        .AddLogger<IssuerKeys>()
        .AddLogger<Issuing>()
        .AddLogger<KeyUses>()
        .AddLogger<KeyRingMonitor>()
        .AddLogger<KeyRingMonitorAtStart>()
        .AddLogger<LogIns>()
        .AddLogger<MailBackground>()
        .AddLogger<MailDelivery>()
        .AddLogger<IssuerAdministration>()
        .AddLogger<PersonalDocuments>()
        .AddLogger<ProblemHandling>()
        .AddLogger<RewrapAccountKeys>()
        .AddLogger<SharedMailBudget>()
        .AddLogger<Sweep>()
        .AddLogger<VoucherFinder>();

    private static IServiceCollection AddOptionsOfAll(this IServiceCollection services) => services
        .AddOptionsOf<AdminOptions>()
        .AddOptionsOf<IdentityOptions>()
        .AddOptionsOf<KeyOptions>()
        .AddOptionsOf<MailOptions>()
        .AddOptionsOf<NetworkOptions>()
        .AddOptionsOf<SiteOptions>()
        .AddOptionsOf<StorageOptions>()
        .AddOptionsOf<TelemetryOptions>()
        .AddOptionsOf<FormOptions>()
        .AddOptionsOf<Microsoft.AspNetCore.Http.Json.JsonOptions>()
        .AddOptionsOf<RouteHandlerOptions>()
        .AddOptionsOf<RouteOptions>()
        .AddOptionsOf<KestrelServerOptions>()
        .AddOptionsOf<SocketTransportOptions>()
        .AddOptionsOf<ConsoleLifetimeOptions>()
        .AddOptionsOf<HostOptions>()
        .AddOptionsOf<MetricsOptions>()
        .AddOptionsOf<LoggerFactoryOptions>()
        .AddOptionsOf<LoggerFilterOptions>()
        .AddOptionsOf<ConsoleLoggerOptions>()
        .AddOptionsOf<ConsoleFormatterOptions>()
        .AddOptionsOf<JsonConsoleFormatterOptions>()
        .AddOptionsOf<SimpleConsoleFormatterOptions>();

    private static IServiceCollection AddLogger<T>(this IServiceCollection services)
    {
        services.TryAddSingleton<ILogger<T>>(provider => new Logger<T>(provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }

    private static IServiceCollection AddOptionsOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(this IServiceCollection services)
        where T : class
    {
        services.TryAddTransient<IOptionsFactory<T>>(provider => new OptionsFactory<T>(
            provider.GetServices<IConfigureOptions<T>>(), provider.GetServices<IPostConfigureOptions<T>>(), provider.GetServices<IValidateOptions<T>>()));
        services.TryAddSingleton<IOptionsMonitorCache<T>>(_ => new OptionsCache<T>());
        services.TryAddSingleton<IOptionsMonitor<T>>(provider => new OptionsMonitor<T>(
            provider.GetRequiredService<IOptionsFactory<T>>(), provider.GetServices<IOptionsChangeTokenSource<T>>(), provider.GetRequiredService<IOptionsMonitorCache<T>>()));
        services.TryAddSingleton<IOptions<T>>(provider => new OptionsManager<T>(provider.GetRequiredService<IOptionsFactory<T>>()));
        return services;
    }
}
