using VoucherFunctions.Accounts;
using VoucherFunctions.Domain;
using VoucherFunctions.Http;
using VoucherFunctions.Issuers;

namespace VoucherFunctions.Hosting;

/// <summary>Checks what the endpoint requires before anything of the request is used.</summary>
public sealed class AccessControl(RequestDelegate next, Sessions sessions, IssuerKeys issuerKeys, AdminKeys adminKeys, SessionCookie cookie)
{
    private const string Bearer = "Bearer ";

    // A static website that passes calls on may put a token of its own into Authorization (docs/decisions/0016-key-header.md). So this header wins.
    private const string KeyHeader = "X-Api-Key";

    public async Task InvokeAsync(HttpContext context)
    {
        var refusal = context.GetEndpoint()?.Metadata.GetMetadata<AccessMetadata>()?.Requires switch
        {
            Requires.Session => await SignInAsync(context),
            Requires.IssuerKey => await IdentifyIssuerAsync(context),
            Requires.AdminKey => adminKeys.IsValid(KeyOf(context), context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName) ? null : Problems.KeyRequired,
            _ => null,
        };
        if (refusal is not null)
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }
        await next(context);
    }

    private async Task<Refusal?> SignInAsync(HttpContext context)
    {
        if ((await sessions.AuthenticateAsync(cookie.Read(context), AccountOf(context), context.RequestAborted)).IsRefused(out var refusal, out var signedIn))
        {
            return refusal;
        }
        context.Features.Set(new Caller { SignedIn = signedIn });
        return null;
    }

    /// <summary>A page may stay open while another person logs in in a second tab. The page names the account that it shows, and must not act on another one.</summary>
    private static string? AccountOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LogOutMetadata>()?.IsLogOut(context) == true || !context.Request.Headers.TryGetValue(Access.AccountHeader, out var account)
            ? null
            : account.ToString();

    private async Task<Refusal?> IdentifyIssuerAsync(HttpContext context)
    {
        if ((await issuerKeys.IdentifyAsync(KeyOf(context), context.RequestAborted)).IsRefused(out var refusal, out var issuer))
        {
            return refusal;
        }
        context.Features.Set(new Caller { Issuer = issuer });
        return null;
    }

    private static string? KeyOf(HttpContext context)
    {
        if (context.Request.Headers.TryGetValue(KeyHeader, out var key))
        {
            return key.ToString();
        }
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : null;
    }
}
