using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Export;
using VoucherFunctions.Issuers;
using VoucherFunctions.Keys;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Printing;
using VoucherFunctions.Registrations;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;
using VoucherFunctions.Training;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Hosting;

/// <summary>The whole app, for any host: the custom handler, the local runner, the tests.</summary>
public static class VoucherPlatform
{
    public static IServiceCollection AddVoucherPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DerivePassword>(PasswordHasher.Argon2id);
        services.TryAddSingleton<NewActivationNonce>(LinkToken.NewNonce);
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJson.Default));
        services.ConfigureHttpJsonOptions(options => Strict(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services.AddTelemetry(configuration).AddSecurity().AddStorage().AddMail().AddFeatures().AddTimers().AddClosedGenerics();
    }

    /// <summary>Middleware and all routes of the contract. The timers are the host's own affair.</summary>
    public static void UseVoucherPlatform(this WebApplication app)
    {
        app.UseMiddleware<RequestSpans>();
        app.UseMiddleware<Hardening>();
        app.UseMiddleware<ProblemHandling>();
        app.UseRouting();
        app.UseMiddleware<BodyLimit>();
        app.UseMiddleware<AccessControl>();
        MapFeatures(app);
    }

    private static void MapFeatures(IEndpointRouteBuilder routes)
    {
        routes.MapIssuers();
        routes.MapVoucherCheck();
        routes.MapRegistrations();
        routes.MapAccounts();
        routes.MapProfile();
        routes.MapDocuments();
        routes.MapExport();
        routes.MapTraining();
        routes.MapOffices();
        routes.MapCounts();
        routes.MapOutlook();
        routes.MapReceipts();
        routes.MapErasures();
        routes.MapKeys();
        routes.MapHealth();
        routes.MapContract();
    }

    private static void Strict(System.Text.Json.JsonSerializerOptions options)
    {
        var ours = AppJson.Default.Options;
        options.UnmappedMemberHandling = ours.UnmappedMemberHandling;
        options.AllowDuplicateProperties = ours.AllowDuplicateProperties;
        options.NumberHandling = ours.NumberHandling;
        options.DefaultIgnoreCondition = ours.DefaultIgnoreCondition;
        options.PropertyNameCaseInsensitive = ours.PropertyNameCaseInsensitive;
        options.MaxDepth = ours.MaxDepth;
        options.Converters.Add(new UtcInstantConverter());
    }

    private static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration)
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
        services.AddSingleton(provider => new ServiceName(Settings<SiteOptions>(provider).ServiceName));
        services.AddSingleton(provider => new SiteOrigin(new Uri(Settings<SiteOptions>(provider).Origin)));
        services.AddSingleton(provider => new AllowedOrigins(
            Settings<SiteOptions>(provider).AllowedOrigins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet()));
        services.AddSingleton(provider => new ClientAddress(Settings<NetworkOptions>(provider).TrustedProxies));
        services.AddSingleton(provider => new AdminKeys(
            [.. Settings<AdminOptions>(provider).KeyHashes.Split(',').Select(Convert.FromHexString)],
            provider.GetRequiredService<VoucherMetrics>(),
            provider.GetRequiredService<ILogger<AdminKeys>>()));
        return services;
    }

    private static IServiceCollection AddSecurity(this IServiceCollection services) => services
        .AddSingleton(provider => new KeyRings(Ring(Settings<KeyOptions>(provider).Hashing), Ring(Settings<KeyOptions>(provider).Encryption)))
        .AddSingleton(provider => new HashingKeys(provider.GetRequiredService<KeyRings>().Hashing))
        .AddSingleton(provider => new AccountCipher(provider.GetRequiredService<KeyRings>().Encryption))
        .AddSingleton<KeyWatch>()
        .AddHostedService<KeyWatchAtStart>()
        .AddSingleton<PasswordHasher>()
        .AddSingleton<SessionCookie>();

    private static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<VoucherFinder>()
        .AddSingleton<RegistrationDesk>()
        .AddSingleton<AddressClaims>()
        .AddSingleton<Passwords>()
        .AddSingleton<RegistrationCleanUp>()
        .AddSingleton<Activations>()
        .AddSingleton<LogIns>()
        .AddSingleton<Sessions>()
        .AddSingleton<Profiles>()
        .AddSingleton<TrainingPolicy>()
        .AddSingleton<Places>()
        .AddSingleton<PasswordResets>()
        .AddSingleton<Deletion>()
        .AddSingleton<DocumentSeals>()
        .AddSingleton<DocumentBlobs>()
        .AddSingleton<DocumentContents>()
        .AddSingleton<PersonalDocuments>()
        .AddSingleton<DocumentZip>()
        .AddSingleton<PlannedItems>()
        .AddSingleton<PersonalExport>()
        .AddSingleton<DeletionReceipts>()
        .AddSingleton<ErasureReplay>()
        .AddSingleton<IssuerKeys>()
        .AddSingleton<KeyUses>()
        .AddSingleton<Issuing>()
        .AddSingleton<IssuerVouchers>()
        .AddSingleton<BatchPrinting>()
        .AddSingleton<Counting>()
        .AddSingleton<SheetPrinter>()
        .AddSingleton<Offices>()
        .AddSingleton<Sweep>();

    private static IServiceCollection AddTimers(this IServiceCollection services) => services
        .AddTimer<RemoveUnactivatedRegistrations>()
        .AddTimer<LockExpiredAccounts>()
        .AddTimer<SendPendingMail>()
        .AddTimer<SendExpiryReminders>()
        .AddTimer<DeleteExpiredData>()
        .AddTimer<RemoveOrphanBlobs>()
        .AddTimer<CountVouchers>()
        .AddTimer<RewrapAccountKeys>();

    private static T Settings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;

    private static KeyRing Ring(string text) => KeyRing.TryParse(text, out var ring) ? ring : throw new InvalidOperationException("The key ring was not validated.");
}
