using Microsoft.AspNetCore.Routing;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Docs.Tests;

/// <summary>What the app's own route table has for one kind of caller.</summary>
internal static class Calls
{
    /// <summary>As <c>POST /api/issuers/{id}/keys</c>.</summary>
    public static IReadOnlyList<string> Of(Requires requires) =>
    [
        .. from endpoint in EndpointsOf(requires)
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}",
    ];

    public static IEnumerable<string> RefusalsOf(Requires requires) => EndpointsOf(requires).SelectMany(Description.RefusalsOf).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<RouteEndpoint> EndpointsOf(Requires requires) =>
        RouteTable.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<AccessMetadata>()?.Requires == requires);
}
