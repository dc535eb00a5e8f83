using System.Reflection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Issuers;

namespace VoucherFunctions.Http;

/// <summary>The callers that an endpoint admits. It is metadata of the route group, and is checked before the body is read.</summary>
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

public sealed record AccessMetadata(Requires Requires);

/// <summary>The endpoint logs out when this route parameter has this value. Logging out works for any account.</summary>
public sealed record LogOutMetadata(string Parameter, string Value)
{
    public bool IsLogOut(HttpContext context) => context.GetRouteValue(Parameter) as string == Value;
}

public static class Access
{
    /// <summary>The account that the caller means, as the profile's <c>accountId</c>.</summary>
    public const string AccountHeader = "X-Account";

    public static TBuilder Require<TBuilder>(this TBuilder builder, Requires requires)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessMetadata(requires));
}
