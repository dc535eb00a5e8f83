using Microsoft.AspNetCore.Http.Features;

namespace VoucherFunctions.Telemetry;

/// <summary>Names the span that ASP.NET Core made for the request.</summary>
public sealed class RequestSpans(RequestDelegate next)
{
    private static readonly HashSet<string> Methods = new(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"], StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { Recorded: true } span)
        {
            var method = Methods.Contains(context.Request.Method) ? context.Request.Method : "_OTHER";
            Spans.Describe(span, method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/'), context.Response.StatusCode);
        }
    }
}
