using VoucherFunctions.Http;

namespace VoucherFunctions.Training;

/// <summary>
/// What a page of the training may do: run its own scripts and styles, and ask for nothing but the training. It cannot reach the rest of the
/// API with the person's cookie, nor any other server (docs/decisions/0009-training.md).
/// </summary>
public sealed class TrainingPolicy
{
    public const string Root = "/api/training/";
    private const string Permissions = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
    private readonly string _active;
    private readonly string _passive;

    public TrainingPolicy(SiteOrigin site, AllowedOrigins allowed)
    {
        var own = string.Join(' ', allowed.Values.Append(site.Value).Distinct().Order(StringComparer.Ordinal).Select(origin => origin + Root));
        _passive = $"default-src 'none'; style-src {own} 'unsafe-inline'; img-src {own} data:; media-src {own} data: blob:; object-src {own}; "
            + "form-action 'none'; frame-ancestors 'self'; base-uri 'none'";
        _active = $"default-src 'none'; script-src {own} 'unsafe-inline'; style-src {own} 'unsafe-inline'; img-src {own} data: blob:; media-src {own} data: blob:; "
            + $"font-src {own} data:; connect-src {own}; frame-src {own}; worker-src 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'self'; "
            + "base-uri 'none'; sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-downloads";
    }

    public void ApplyTo(HttpResponse response, string contentType)
    {
        response.Headers.ContentSecurityPolicy = MediaTypes.IsActive(contentType) ? _active : _passive;
        response.Headers["Permissions-Policy"] = Permissions;
        // Kept by the browser, but asked for each time: after the end of the access the answer is a refusal.
        response.Headers.CacheControl = "private, no-cache";
    }
}
