using Microsoft.AspNetCore.Routing;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>The calls that a kind of caller has, from the app's own route table: a new route is in here by itself.</summary>
internal static class IssuerRoutes
{
    /// <summary>Of the right form, and never issued.</summary>
    public const string Nothing = "0123456789abcdefghjkmnpqrstvwxyz";

    public static IReadOnlyList<string> Of(Requires requires) =>
    [
        .. from endpoint in RouteTable.Endpoints
           where endpoint.Metadata.GetMetadata<AccessMetadata>()?.Requires == requires
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}",
    ];

    /// <summary>The path with an object's id in it, and what the app says when there is no such object; null when the route names none.</summary>
    public static (string Path, string? Unknown) To(string route, string batch, string voucher)
    {
        var path = route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var (filled, unknown) = path switch
        {
            _ when path.Contains("/batches/{batchId}", StringComparison.Ordinal) => (path.Replace("{batchId}", batch, StringComparison.Ordinal), "batch-unknown"),
            _ when path.Contains("/vouchers/{id}", StringComparison.Ordinal) => (path.Replace("{id}", voucher, StringComparison.Ordinal), "voucher-unknown"),
            _ => (path, null),
        };
        Assert.False(filled.Contains('{', StringComparison.Ordinal), $"Say here which object {route} is about.");
        return (filled, unknown);
    }

    /// <summary>The path as it is with an id that belongs to nothing.</summary>
    public static string ToNothing(string route) => To(route, Nothing, Nothing).Path;

    public static Task<Answer> SendAsync(TestApp app, string route, string path, string? key, string? accept = null)
    {
        var headers = new List<(string, string)> { ("Idempotency-Key", Guid.NewGuid().ToString()) };
        if (accept is not null)
        {
            headers.Add(("Accept", accept));
        }
        return app.Client.SendAsync(HttpMethod.Parse(route.Split(' ')[0]), path, route == "POST /api/vouchers" ? new { count = 1 } : null, key, [.. headers]);
    }
}
