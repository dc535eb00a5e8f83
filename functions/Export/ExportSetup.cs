namespace VoucherFunctions.Export;

/// <summary>"My data".</summary>
public static class ExportSetup
{
    public static IServiceCollection AddExport(this IServiceCollection services) => services
        .AddSingleton<PlannedItems>()
        .AddSingleton<PersonalExport>();
}
