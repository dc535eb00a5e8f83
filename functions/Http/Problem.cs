using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457) with its stable code; as a page where a person sees it.</summary>
public sealed class Problem(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, refusal);

    public static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        }
        if (context.GetEndpoint()?.Metadata.GetMetadata<RefusalPageMetadata>() is { } page)
        {
            context.Response.Headers.Vary = BrowserRequest.DecidingHeaders;
            if (BrowserRequest.ShowsAnswer(context.Request))
            {
                await RefusalPage.WriteAsync(context, refusal, page);
                return;
            }
        }
        context.Response.ContentType = "application/problem+json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("status", refusal.Status);
        json.WriteString("title", refusal.Title);
        json.WriteString("code", refusal.Code);
        if (refusal.RetryAfter is { } retryAfter)
        {
            json.WriteNumber("retryAfter", Seconds(retryAfter));
        }
        foreach (var (name, value) in refusal.Members)
        {
            Write(json, name, value);
        }
        if (refusal.Status >= 500)
        {
            json.WriteString("traceId", Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
        }
        json.WriteEndObject();
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case DateTimeOffset instant:
                json.WriteString(name, instant.UtcDateTime);
                break;
            case string text:
                json.WriteString(name, text);
                break;
            case (string field, string reason):
                json.WriteStartObject(name);
                json.WriteStartArray(field);
                json.WriteStringValue(reason);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"A problem cannot tell a {value.GetType().Name}.");
        }
    }
}
