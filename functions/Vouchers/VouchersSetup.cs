namespace VoucherFunctions.Vouchers;

/// <summary>Finding a voucher by its code.</summary>
public static class VouchersSetup
{
    public static IServiceCollection AddVouchers(this IServiceCollection services) => services
        .AddSingleton<VoucherFinder>();

    public static void MapVouchers(this IEndpointRouteBuilder routes)
    {
        routes.MapVoucherCheck();
    }
}
