using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Http;

/// <summary>
/// <c>__Host-device</c>: a browser that has logged in before (docs/decisions/0019-own-counts.md). As closed as <see cref="SessionCookie"/>, but it outlives the session.
/// </summary>
public sealed class DeviceCookie(SiteOrigin site)
{
    /// <summary>A day more than any access lasts.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(91);

    private string Name { get; } = site.IsSecure ? "__Host-device" : "device";

    public DeviceSecret? Read(HttpContext context) => DeviceSecret.FromCookie(context.Request.Cookies[Name]);

    public void Set(HttpContext context, DeviceSecret secret) => context.Response.Cookies.Append(
        Name, secret.ToCookie(), new CookieOptions { HttpOnly = true, Secure = site.IsSecure, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Life });
}
