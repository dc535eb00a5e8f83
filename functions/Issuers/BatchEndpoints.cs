using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>A batch and the status of its vouchers, or of part of them.</summary>
/// <param name="Next">There is more: ask again with it as <c>after</c>. A page that was filtered by <c>changedSince</c> may be short or empty and still have it.</param>
/// <param name="AsOf">Ask for <c>changedSince</c> this next time. It lies a few minutes back: a change may be told twice, none is missed.</param>
/// <param name="Test">True for test vouchers, missing otherwise.</param>
public sealed record BatchView(
    string BatchId,
    DateTimeOffset CreatedAt,
    int Count,
    string? Reference,
    DateTimeOffset RedeemableUntil,
    IReadOnlyList<VoucherView> Vouchers,
    string? Next,
    DateTimeOffset AsOf,
    bool? Test);

public static class BatchEndpoints
{
    public static void MapBatches(this IEndpointRouteBuilder group)
    {
        group.MapGet("/batches/{batchId}", GetAsync)
            .Describe(
                "GetBatch",
                Audience.Issuers,
                "The status of each voucher of a batch, never whose it is. As CSV with the codes; as PDF or HTML the sheets that can still be redeemed.",
                Problems.InvalidRequest, Problems.NotAcceptable, Problems.BatchUnknown, Problems.BatchIncomplete, Problems.NothingToPrint)
            .AlsoProduces(BatchFormats.Csv, BatchFormats.Pdf, BatchFormats.Html)
            .Tells(StatusCodes.Status200OK, "Content-Disposition")
            .Tells(StatusCodes.Status200OK, "Link");
        group.MapPost("/batches/{batchId}/revoke", RevokeAsync)
            .Describe(
                "RevokeBatch",
                Audience.Issuers,
                "Revokes the vouchers of a batch that nobody has entered.",
                Problems.BatchUnknown, Problems.BatchIncomplete);
    }

    private static async Task<Results<Ok<BatchView>, BatchFile, Problem>> GetAsync(
        string batchId,
        string? after,
        string? limit,
        string? changedSince,
        string? bom,
        string? separator,
        HttpContext http,
        CurrentIssuer caller,
        IssuerVouchers vouchers,
        BatchPrinting printing)
    {
        var fields = new RequestValidation();
        var query = Parse(fields, after, limit, changedSince);
        var wanted = BatchRequest.Parse(http, fields, include: null, bom, separator);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        if (wanted is null)
        {
            return new Problem(Problems.NotAcceptable);
        }
        var answer = await vouchers.FindBatchAsync(caller.Holder, batchId, query, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var page))
        {
            return new Problem(refusal);
        }
        if (page.Next is { } next)
        {
            http.Response.Headers.Link = $"<{http.Request.Path}{QueryWith(http.Request.Query, next)}>; rel=\"next\"";
        }
        return wanted.Format switch
        {
            BatchFormat.Csv => printing.ToCsv(page.Batch, page.Vouchers, wanted.Csv),
            BatchFormat.Json => TypedResults.Ok(View(page)),
            var format when printing.ToSheets(caller.Holder.Issuer, page.Batch, format, page.Vouchers) is { } file => file,
            _ => new Problem(Problems.NothingToPrint),
        };
    }

    private static async Task<Results<Ok<BatchRevocation>, Problem>> RevokeAsync(string batchId, EmptyRequest? body, HttpContext http, CurrentIssuer caller, IssuerVouchers vouchers)
    {
        var answer = await vouchers.RevokeUnusedAsync(caller.Holder, batchId, http.RequestAborted);
        return answer.IsRefused(out var refusal, out var revoked) ? new Problem(refusal) : TypedResults.Ok(revoked);
    }

    private static BatchQuery Parse(RequestValidation fields, string? after, string? limit, string? changedSince)
    {
        var query = BatchQuery.Everything;
        if (!string.IsNullOrEmpty(after))
        {
            query = query with { After = fields.Parse<VoucherId>("after", after, VoucherId.TryParse) };
        }
        if (!string.IsNullOrEmpty(limit))
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is < 1 or > BatchQuery.MostAtOnce)
            {
                fields.Refuse("limit", "out-of-range");
            }
            query = query with { Limit = most };
        }
        if (!string.IsNullOrEmpty(changedSince))
        {
            if (!DateTimeOffset.TryParse(changedSince, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var since))
            {
                fields.Refuse("changedSince", "invalid");
            }
            query = query with { ChangedSince = since };
        }
        return query;
    }

    private static QueryString QueryWith(IQueryCollection asked, string after) => asked
        .Where(pair => pair.Key != "after")
        .Aggregate(QueryString.Create("after", after), (query, pair) => query.Add(pair.Key, pair.Value.ToString()));

    private static BatchView View(BatchPage page)
    {
        var batch = page.Batch;
        return new BatchView(
            batch.Id, batch.CreatedAt, batch.Count, batch.Reference, batch.RedeemableUntil, page.Vouchers, page.Next, page.AsOf, batch.IsTest ? true : null);
    }
}
