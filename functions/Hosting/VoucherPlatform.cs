using Microsoft.Extensions.DependencyInjection.Extensions;
using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Export;
using VoucherFunctions.Http;
using VoucherFunctions.Issuers;
using VoucherFunctions.Keys;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Registrations;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;
using VoucherFunctions.Training;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Hosting;

/// <summary>The whole app, for any host: both heads, the local runner, the tests.</summary>
public static class VoucherPlatform
{
    public static IServiceCollection AddVoucherPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJson.Default));
        services.ConfigureHttpJsonOptions(options => Strict(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services
            .AddSettings(configuration)
            .AddTelemetry(configuration)
            .AddKeys()
            .AddPasswordHashing()
            .AddStorage()
            .AddMail()
            .AddVouchers()
            .AddRegistrations()
            .AddAccounts()
            .AddDocuments()
            .AddExport()
            .AddTraining()
            .AddIssuers()
            .AddLifecycle()
            .AddTimers()
            .AddClosedGenerics();
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
        routes.MapVouchers();
        routes.MapRegistrations();
        routes.MapAccounts();
        routes.MapErasure();
        routes.MapDocuments();
        routes.MapExport();
        routes.MapTraining();
        routes.MapIssuerAdministration();
        routes.MapLifecycle();
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

    private static IServiceCollection AddTimers(this IServiceCollection services) => services
        .AddTimer<RemoveUnactivatedRegistrations>()
        .AddTimer<LockExpiredAccounts>()
        .AddTimer<SendPendingMail>()
        .AddTimer<SendExpiryReminders>()
        .AddTimer<DeleteExpiredData>()
        .AddTimer<RemoveOrphanBlobs>()
        .AddTimer<CountVouchers>()
        .AddTimer<RewrapAccountKeys>();
}
