using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Unicode;
using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>An office to be created.</summary>
public sealed record IssuerRequest(string? Name, int? DailyQuota = null);

/// <summary>What to change of an office; at least one of the two.</summary>
public sealed record IssuerChangeRequest(int? DailyQuota = null, bool? Disabled = null);

/// <summary>What kind of key to create: a live one unless said otherwise.</summary>
public sealed record NewKeyRequest(bool? Test = null);

/// <summary>A key of an office.</summary>
/// <param name="LastUsedAt">To the hour; missing when it never was.</param>
public sealed record KeyView(string Id, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool Test);

/// <summary>An office and its keys, without their secrets.</summary>
public sealed record IssuerView(string Id, string Name, DateTimeOffset CreatedAt, int DailyQuota, bool Disabled, IReadOnlyList<KeyView> Keys)
{
    public static IssuerView Of(Issuer issuer) => Of(new IssuerOverview(issuer, new Dictionary<string, DateTimeOffset>()));

    public static IssuerView Of(IssuerOverview overview)
    {
        var issuer = overview.Issuer;
        return new IssuerView(issuer.Id, issuer.Name, issuer.CreatedAt, issuer.DailyQuota, issuer.Disabled, [.. issuer.Keys.Select(key =>
            new KeyView(key.Id, key.CreatedAt, overview.LastUses.TryGetValue(key.Id, out var at) ? at : null, key.IsTest))]);
    }
}

/// <summary>All offices.</summary>
public sealed record IssuerList(IReadOnlyList<IssuerView> Issuers);

/// <summary>A new key; it is shown this once.</summary>
public sealed record NewKey(string Id, string Key, DateTimeOffset CreatedAt, bool Test);

/// <summary>The administrators' endpoints.</summary>
public static class IssuerAdministrationEndpoints
{
    private const int LongestName = 100;
    private const int DefaultQuota = 1000;
    private const int LargestQuota = 1_000_000;

    public static void MapIssuersAndKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/issuers").Require(Requires.AdminKey);
        group.MapPost("", CreateAsync)
            .Describe("CreateIssuer", Audience.Administrators, "Creates an office.", Problems.InvalidRequest)
            .Tells(StatusCodes.Status201Created, "Location.issuer");
        group.MapGet("", ListAsync)
            .Describe("ListIssuers", Audience.Administrators, "All offices with their keys' ids.");
        group.MapGet("/{id}", GetAsync)
            .Describe("GetIssuer", Audience.Administrators, "An office with its keys' ids.", Problems.IssuerUnknown);
        group.MapPatch("/{id}", ChangeAsync)
            .Describe(
                "UpdateIssuer",
                Audience.Administrators,
                "Changes an office's daily quota, or disables it.",
                Problems.InvalidRequest, Problems.IssuerUnknown);
        group.MapPost("/{id}/keys", AddKeyAsync)
            .Describe(
                "CreateIssuerKey",
                Audience.Administrators,
                "Creates a key for an office, live or for tests; it is shown this once.",
                Problems.IssuerUnknown, Problems.TooManyKeys);
        group.MapDelete("/{id}/keys/{keyId}", RemoveKeyAsync)
            .Describe(
                "RevokeIssuerKey",
                Audience.Administrators,
                "Revokes a key at once.",
                Problems.IssuerUnknown, Problems.KeyUnknown);
    }

    private static async Task<Results<Created<IssuerView>, Problem>> CreateAsync(IssuerRequest body, HttpContext http, IssuerAdministration administration)
    {
        var fields = new RequestValidation();
        var name = fields.Text("name", body.Name?.Trim(), LongestName);
        if (InvisibleCharacters.AreIn(name))
        {
            fields.Refuse("name", "invalid");
        }
        CheckQuota(fields, body.DailyQuota);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var issuer = await administration.CreateAsync(name, body.DailyQuota ?? DefaultQuota, http.RequestAborted);
        return TypedResults.Created($"/api/issuers/{issuer.Id}", IssuerView.Of(issuer));
    }

    private static async Task<Ok<IssuerList>> ListAsync(HttpContext http, IssuerAdministration administration) =>
        TypedResults.Ok(new IssuerList([.. (await administration.ListAsync(http.RequestAborted)).Select(IssuerView.Of)]));

    private static async Task<Results<Ok<IssuerView>, Problem>> GetAsync(string id, HttpContext http, IssuerAdministration administration) =>
        await administration.FindAsync(id, http.RequestAborted) is { } office ? TypedResults.Ok(IssuerView.Of(office)) : new Problem(Problems.IssuerUnknown);

    private static async Task<Results<Ok<IssuerView>, Problem>> ChangeAsync(string id, IssuerChangeRequest body, HttpContext http, IssuerAdministration administration)
    {
        var fields = new RequestValidation();
        if (body is { DailyQuota: null, Disabled: null })
        {
            fields.Refuse("dailyQuota", "required");
        }
        CheckQuota(fields, body.DailyQuota);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var answer = await administration.ChangeAsync(id, body.DailyQuota, body.Disabled, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var issuer))
        {
            return new Problem(refusal);
        }
        var office = await administration.FindAsync(id, http.RequestAborted);
        return TypedResults.Ok(office is null ? IssuerView.Of(issuer) : IssuerView.Of(office));
    }

    private static async Task<Results<Created<NewKey>, Problem>> AddKeyAsync(string id, NewKeyRequest? body, HttpContext http, IssuerAdministration administration)
    {
        var answer = await administration.AddKeyAsync(id, body?.Test ?? false, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var added))
        {
            return new Problem(refusal);
        }
        return TypedResults.Created((string?)null, new NewKey(added.Key.Id, added.Text, added.Key.CreatedAt, added.Key.IsTest));
    }

    private static async Task<Results<NoContent, Problem>> RemoveKeyAsync(string id, string keyId, HttpContext http, IssuerAdministration administration)
    {
        var answer = await administration.RemoveKeyAsync(id, keyId, http.RequestAborted);
        return answer.IsRefused(out var refusal, out _) ? new Problem(refusal) : TypedResults.NoContent();
    }

    private static void CheckQuota(RequestValidation fields, int? quota)
    {
        if (quota is < 0 or > LargestQuota)
        {
            fields.Refuse("dailyQuota", "out-of-range");
        }
    }
}
