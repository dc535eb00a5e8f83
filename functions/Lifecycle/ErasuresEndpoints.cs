using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Http;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>An entry of the ledger of erasures.</summary>
/// <param name="Id">A keyed hash of the voucher: names nobody.</param>
/// <param name="Issuer">The office that had issued it.</param>
/// <param name="Test">Issued with a test key.</param>
public sealed record ErasureView(string? Id, string? Issuer, bool? Test, DateTimeOffset? ErasedAt);

/// <summary>A page of the ledger: as it is given, so it is taken back.</summary>
public sealed record ErasuresRequest(IReadOnlyList<ErasureView>? Erasures);

/// <summary>What was put back.</summary>
public sealed record ErasuresAdded(int Added, int Known);

/// <summary>Where to go on.</summary>
/// <param name="From">`0` at first, then the `next` of the call before.</param>
public sealed record ReplayRequest(string? From);

/// <summary>The ledger of erasures, for a copy that outlives what it is about, and for a restored copy of the tables.</summary>
public static class ErasuresEndpoints
{
    /// <summary>Fits into the largest JSON body, so that a page can be sent back as it is.</summary>
    private const int PageSize = 400;

    public static void MapErasures(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/lifecycle/erasures").Require(Requires.AdminKey);
        group.MapGet("", ListAsync)
            .Describe(
                "ListErasures",
                Audience.Administrators,
                "The ledger of erasures: pseudonymous ids, 400 at once, after the id `after`. To be kept apart from copies of the tables.",
                Problems.InvalidRequest);
        group.MapPost("", AddAsync)
            .Describe(
                "AddErasures",
                Audience.Administrators,
                "Puts pages of the ledger back, after a copy of the tables was restored.",
                Problems.InvalidRequest);
        group.MapPost("/replay", ReplayAsync)
            .Describe(
                "ReplayErasures",
                Audience.Administrators,
                "Deletes what the ledger names and a restored copy brought back. From `0`; to be repeated with `next` as `from` until there is none.",
                Problems.InvalidRequest);
    }

    private static async Task<Results<Ok<ErasuresRequest>, Problem>> ListAsync(string? after, HttpContext http, ErasureLedger ledger)
    {
        if (after is not null && !IsId(after))
        {
            return new Problem(Refusal.Invalid("after", "invalid"));
        }
        var entries = await ledger.ListAsync(after ?? "", PageSize, http.RequestAborted);
        return TypedResults.Ok(new ErasuresRequest(
            [.. entries.Select(entry => new ErasureView(entry.Id, entry.IssuerId, entry.IsTest ? true : null, entry.ErasedAt))]));
    }

    private static async Task<Results<Ok<ErasuresAdded>, Problem>> AddAsync(ErasuresRequest body, HttpContext http, ErasureLedger ledger)
    {
        var fields = new RequestValidation();
        if (body.Erasures is null or [])
        {
            fields.Refuse("erasures", "required");
        }
        else if (body.Erasures.Any(entry => entry is null || !IsId(entry.Id) || !IsIssuer(entry.Issuer) || entry.ErasedAt is null))
        {
            fields.Refuse("erasures", "invalid");
        }
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var added = 0;
        foreach (var entry in body.Erasures!)
        {
            added += await ledger.AddAsync(new LedgerEntry(entry.Id!, entry.Issuer!, entry.Test ?? false, entry.ErasedAt!.Value), http.RequestAborted) ? 1 : 0;
        }
        return TypedResults.Ok(new ErasuresAdded(added, body.Erasures.Count - added));
    }

    private static async Task<Results<Ok<ReplayReport>, Problem>> ReplayAsync(ReplayRequest body, HttpContext http, ErasureReplay replay) =>
        ReplayCursor.Parse(body.From) is { } from
            ? TypedResults.Ok(await replay.RunAsync(from, http.RequestAborted))
            : new Problem(Refusal.Invalid("from", "invalid"));

    /// <summary>As long as a voucher's id, and of the same letters.</summary>
    private static bool IsId(string? text) => VoucherId.TryParse(text, out _);

    private static bool IsIssuer(string? text) => text is { Length: > 0 and <= 32 } && text.All(char.IsAsciiLetterOrDigit);
}
