using Microsoft.Extensions.Options;
using VoucherFunctions.Printing;
using VoucherFunctions.Settings;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Issuers;

/// <summary>Issuing by offices, and the administration of offices.</summary>
public static class IssuersSetup
{
    public static IServiceCollection AddIssuers(this IServiceCollection services) => services
        .AddSingleton(provider => new AdminKeys(
            [.. provider.GetRequiredService<IOptions<AdminOptions>>().Value.KeyHashes.Split(',').Select(AdminKey.Parse)],
            provider.GetRequiredService<VoucherMetrics>(),
            provider.GetRequiredService<ILogger<AdminKeys>>()))
        .AddSingleton<IssuerKeys>()
        .AddSingleton<KeyUses>()
        .AddSingleton<Issuing>()
        .AddSingleton<IssuerVouchers>()
        .AddSingleton<SheetPrinter>()
        .AddSingleton<SheetHtml>()
        .AddSingleton<BatchPrinting>()
        .AddSingleton<VoucherStatistics>()
        .AddSingleton<IssuerAdministration>();

    /// <summary>For administrators.</summary>
    public static void MapIssuerAdministration(this IEndpointRouteBuilder routes)
    {
        routes.MapIssuersAndKeys();
        routes.MapCounts();
    }
}
