namespace VoucherFunctions.Lifecycle;

/// <summary>Sweeps, deletions, and the proofs of them.</summary>
public static class LifecycleSetup
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services) => services
        .AddSingleton<Deletion>()
        .AddSingleton<AccountErasure>()
        .AddSingleton<OutboxDelivery>()
        .AddHostedService<MailBackground>()
        .AddSingleton<DeletionReceipts>()
        .AddSingleton<ErasureReplay>()
        .AddSingleton<Sweep>();

    /// <summary>The person's own wish, among the routes of the profile.</summary>
    public static void MapErasure(this IEndpointRouteBuilder routes) => routes.MapErase();

    public static void MapLifecycle(this IEndpointRouteBuilder routes)
    {
        routes.MapOutlook();
        routes.MapReceipts();
        routes.MapErasures();
    }
}
