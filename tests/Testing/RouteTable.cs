using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using VoucherFunctions.Hosting;

namespace VoucherFunctions.Testing;

/// <summary>The app's own endpoints, of an app that is never started: no setting is needed for that.</summary>
public static class RouteTable
{
    public static IEndpointRouteBuilder App { get; } = NewApp();

    public static IReadOnlyList<RouteEndpoint> Endpoints { get; } = [.. App.DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()];

    /// <summary>Every call that some endpoint answers, as <c>POST /api/vouchers</c>.</summary>
    public static IReadOnlyList<string> Calls { get; } =
    [
        .. from endpoint in Endpoints
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]
           select $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}",
    ];

    /// <summary>How many functions the app has: named endpoints and timers.</summary>
    public static int FunctionCount { get; } = FunctionFiles.Of(App).Count;

    private static WebApplication NewApp()
    {
        var builder = Server.CreateBuilder();
        builder.UseCustomHandler();
        builder.Services.AddVoucherPlatform(builder.Configuration);
        var app = builder.Build();
        app.UseVoucherPlatform();
        app.MapTimers();
        return app;
    }
}
