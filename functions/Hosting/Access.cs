using System.Reflection;
using VoucherFunctions.Accounts;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Issuers;

namespace VoucherFunctions.Hosting;

/// <summary>Who may call an endpoint. Said as metadata of its route group; checked before the body is read.</summary>
public enum Requires
{
    Session,
    IssuerKey,
    AdminKey,
}

/// <summary>The result of the check, for the handler: at most one is set.</summary>
public sealed class Caller
{
    public SignedIn? SignedIn { get; init; }

    public KeyHolder? Issuer { get; init; }
}

/// <summary>The signed-in person as a handler's parameter.</summary>
public sealed record CurrentPerson(SignedIn SignedIn)
{
    public static ValueTask<CurrentPerson?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<Caller>()?.SignedIn is { } signedIn ? new CurrentPerson(signedIn) : null);
}

/// <summary>The calling office and its key as a handler's parameter.</summary>
public sealed record CurrentIssuer(KeyHolder Holder)
{
    public static ValueTask<CurrentIssuer?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<Caller>()?.Issuer is { } holder ? new CurrentIssuer(holder) : null);
}

/// <summary>Checks what the endpoint requires before anything of the request is used.</summary>
public sealed class AccessControl(RequestDelegate next, Sessions sessions, IssuerKeys issuerKeys, AdminKeys adminKeys, SessionCookie cookie)
{
    private const string Bearer = "Bearer ";

    // A static website that passes calls on may put a token of its own into Authorization (docs/decisions/0017-key-header.md). So this header wins.
    private const string KeyHeader = "X-Api-Key";

    public async Task InvokeAsync(HttpContext context)
    {
        var refusal = context.GetEndpoint()?.Metadata.GetMetadata<AccessMetadata>()?.Requires switch
        {
            Requires.Session => await SignInAsync(context),
            Requires.IssuerKey => await IdentifyIssuerAsync(context),
            Requires.AdminKey => adminKeys.IsValid(KeyOf(context)) ? null : Problems.KeyRequired,
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
        if ((await sessions.AuthenticateAsync(cookie.Read(context), context.RequestAborted)).IsRefused(out var refusal, out var signedIn))
        {
            return refusal;
        }
        context.Features.Set(new Caller { SignedIn = signedIn });
        return null;
    }

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

public sealed record AccessMetadata(Requires Requires);

public static class AccessExtensions
{
    public static TBuilder Require<TBuilder>(this TBuilder builder, Requires requires)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessMetadata(requires));
}
