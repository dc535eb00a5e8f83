using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>The problem codes that an endpoint's own rules can answer with; what every endpoint of its kind can answer is added for all.</summary>
public sealed record RefusesMetadata(IReadOnlyList<Refusal> Problems);

/// <summary>Media types that the endpoint's success can have besides JSON, by <c>Accept</c>.</summary>
public sealed record FileFormatsMetadata(IReadOnlyList<string> MediaTypes);

/// <summary>A header of the endpoint's own on answers with this status, by its name in the document; what hardening and problems add is said for all.</summary>
public sealed record HeaderMetadata(int Status, string Name);

/// <summary>A header of the request that the endpoint goes by.</summary>
public sealed record RequestHeaderMetadata(string Name);

/// <summary>Which part of the contract an endpoint belongs to.</summary>
public enum Audience
{
    Participants,
    Issuers,
    Administrators,
    Anyone,
}

public static class Description
{
    /// <summary>
    /// Names the endpoint (its function's name and operation id), says in one line what it does and which problem codes its rules know. The
    /// OpenAPI document and the tests are made from it.
    /// </summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, Audience audience, string summary, params Refusal[] refuses) => endpoint
        .WithName(name)
        .WithTags(audience.ToString())
        .WithSummary(summary)
        .WithMetadata(new RefusesMetadata(refuses));

    public static RouteHandlerBuilder AlsoProduces(this RouteHandlerBuilder endpoint, params string[] mediaTypes) =>
        endpoint.WithMetadata(new FileFormatsMetadata(mediaTypes));

    /// <param name="header">With <c>.perhaps</c> when it is not always there.</param>
    public static RouteHandlerBuilder Tells(this RouteHandlerBuilder endpoint, int status, string header) =>
        endpoint.WithMetadata(new HeaderMetadata(status, header));

    /// <summary>Headers of the request that the handler reads by itself.</summary>
    public static RouteHandlerBuilder GoesBy(this RouteHandlerBuilder endpoint, params string[] headers) =>
        endpoint.WithMetadata([.. headers.Select(header => new RequestHeaderMetadata(header))]);

    /// <summary>All problem codes that the endpoint can answer with.</summary>
    public static IReadOnlySet<string> RefusalsOf(Endpoint endpoint)
    {
        var problems = new List<Refusal> { Problems.InternalError, Problems.StorageUnavailable };
        if (endpoint.Metadata.GetMetadata<UploadMetadata>() is null)
        {
            problems.Add(Problems.BodyTooLarge);
        }
        problems.AddRange(endpoint.Metadata.GetMetadata<RefusesMetadata>()?.Problems ?? []);
        problems.AddRange(endpoint.Metadata.GetMetadata<AccessMetadata>()?.Requires switch
        {
            Requires.Session => [Problems.SessionRequired, Problems.AccountExpired, Problems.OtherAccount, Problems.KeyMissing],
            Requires.IssuerKey => [Problems.KeyRequired, Problems.IssuerDisabled],
            Requires.AdminKey => [Problems.KeyRequired],
            _ => [],
        });
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        if (!methods.Contains(HttpMethods.Get))
        {
            problems.Add(Problems.OriginNotAllowed);
        }
        if (endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>() is not null)
        {
            problems.AddRange([Problems.InvalidJson, Problems.UnsupportedMediaType]);
        }
        return new SortedSet<string>(problems.Select(problem => problem.Code), StringComparer.Ordinal);
    }
}
