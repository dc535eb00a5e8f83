using Microsoft.Extensions.Primitives;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>Security headers on every answer, and no state change on behalf of another website (https://owasp.org/www-project-secure-headers/).</summary>
public sealed class Hardening(RequestDelegate next, SiteOrigin site, AllowedOrigins allowed)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (site.IsSecure)
        {
            headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
        }
        if (PathTraversalGuard.Is(context))
        {
            return Problem.WriteAsync(context, Problems.NotFound);
        }
        var origin = context.Request.Headers.Origin;
        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        return changes && !StringValues.IsNullOrEmpty(origin) && !IsAllowed(origin.ToString())
            ? Problem.WriteAsync(context, Problems.OriginNotAllowed)
            : next(context);
    }

    private bool IsAllowed(string origin) => origin == site.Value || allowed.Values.Contains(origin);
}

/// <summary>Origins other than the site's own from which browsers may change something.</summary>
public sealed record AllowedOrigins(IReadOnlySet<string> Values);
