namespace VoucherFunctions.Lifecycle;

/// <summary>Sweeps, deletions, and the proofs of them.</summary>
public static class LifecycleSetup
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services) => services
        .AddSingleton<RegistrationCleanUp>()
        .AddSingleton<Deletion>()
        .AddSingleton<OutboxDelivery>()
        .AddHostedService<MailBackground>()
        .AddSingleton<DeletionReceipts>()
        .AddSingleton<ErasureReplay>()
        .AddSingleton<Sweep>();

    public static void MapLifecycle(this IEndpointRouteBuilder routes)
    {
        routes.MapOutlook();
        routes.MapReceipts();
        routes.MapErasures();
    }
}
