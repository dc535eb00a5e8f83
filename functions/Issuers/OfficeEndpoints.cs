using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>An office to be created.</summary>
public sealed record OfficeBody(string? Name, int? DailyQuota = null);

/// <summary>What to change of an office; at least one of the two.</summary>
public sealed record OfficeChangeBody(int? DailyQuota = null, bool? Disabled = null);

/// <summary>What kind of key to create: a live one unless said otherwise.</summary>
public sealed record NewKeyBody(bool? Test = null);

/// <summary>A key of an office; </summary>
/// <param name="LastUsedAt">To the hour; missing when it never was.</param>
public sealed record KeyView(string Id, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool Test);

/// <summary>An office and its keys, without their secrets.</summary>
public sealed record OfficeView(string Id, string Name, DateTimeOffset CreatedAt, int DailyQuota, bool Disabled, IReadOnlyList<KeyView> Keys)
{
    public static OfficeView Of(Issuer issuer) => Of(new Office(issuer, new Dictionary<string, DateTimeOffset>()));

    public static OfficeView Of(Office office)
    {
        var issuer = office.Issuer;
        return new OfficeView(issuer.Id, issuer.Name, issuer.CreatedAt, issuer.DailyQuota, issuer.Disabled, [.. issuer.Keys.Select(key =>
            new KeyView(key.Id, key.CreatedAt, office.LastUses.TryGetValue(key.Id, out var at) ? at : null, key.IsTest))]);
    }
}

/// <summary>All offices.</summary>
public sealed record OfficeList(IReadOnlyList<OfficeView> Issuers);

/// <summary>A new key; it is shown this once.</summary>
public sealed record NewKey(string Id, string Key, DateTimeOffset CreatedAt, bool Test);

/// <summary>The administrators' endpoints.</summary>
public static class OfficeEndpoints
{
    private const int LongestName = 100;
    private const int DefaultQuota = 1000;
    private const int LargestQuota = 1_000_000;

    public static void MapOffices(this IEndpointRouteBuilder routes)
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

    private static async Task<Results<Created<OfficeView>, Problem>> CreateAsync(OfficeBody body, HttpContext http, Offices offices)
    {
        var fields = new RequestValidation();
        var name = fields.Text("name", body.Name?.Trim(), LongestName);
        if (HiddenCharacters.AreIn(name))
        {
            fields.Refuse("name", "invalid");
        }
        CheckQuota(fields, body.DailyQuota);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var issuer = await offices.CreateAsync(name, body.DailyQuota ?? DefaultQuota, http.RequestAborted);
        return TypedResults.Created($"/api/issuers/{issuer.Id}", OfficeView.Of(issuer));
    }

    private static async Task<Ok<OfficeList>> ListAsync(HttpContext http, Offices offices) =>
        TypedResults.Ok(new OfficeList([.. (await offices.ListAsync(http.RequestAborted)).Select(OfficeView.Of)]));

    private static async Task<Results<Ok<OfficeView>, Problem>> GetAsync(string id, HttpContext http, Offices offices) =>
        await offices.FindAsync(id, http.RequestAborted) is { } office ? TypedResults.Ok(OfficeView.Of(office)) : new Problem(Problems.IssuerUnknown);

    private static async Task<Results<Ok<OfficeView>, Problem>> ChangeAsync(string id, OfficeChangeBody body, HttpContext http, Offices offices)
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
        var answer = await offices.ChangeAsync(id, body.DailyQuota, body.Disabled, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var issuer))
        {
            return new Problem(refusal);
        }
        var office = await offices.FindAsync(id, http.RequestAborted);
        return TypedResults.Ok(office is null ? OfficeView.Of(issuer) : OfficeView.Of(office));
    }

    private static async Task<Results<Created<NewKey>, Problem>> AddKeyAsync(string id, NewKeyBody? body, HttpContext http, Offices offices)
    {
        var answer = await offices.AddKeyAsync(id, body?.Test ?? false, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var added))
        {
            return new Problem(refusal);
        }
        return TypedResults.Created((string?)null, new NewKey(added.Key.Id, added.Text, added.Key.CreatedAt, added.Key.IsTest));
    }

    private static async Task<Results<NoContent, Problem>> RemoveKeyAsync(string id, string keyId, HttpContext http, Offices offices)
    {
        var answer = await offices.RemoveKeyAsync(id, keyId, http.RequestAborted);
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
