using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Http;

/// <summary>
/// <c>__Host-session</c>: HttpOnly, Secure, SameSite=Strict, for the whole browser session. On http://localhost, where browsers allow no
/// Secure cookies, plain <c>session</c>.
/// </summary>
public sealed class SessionCookie(SiteOrigin site)
{
    private string Name { get; } = site.IsSecure ? "__Host-session" : "session";

    public string? Read(HttpContext context) => context.Request.Cookies[Name];

    public void Set(HttpContext context, SessionSecret secret) => context.Response.Cookies.Append(Name, secret.ToCookie(), Options());

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options());

    private CookieOptions Options() => new() { HttpOnly = true, Secure = site.IsSecure, SameSite = SameSiteMode.Strict, Path = "/" };
}
