using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>A voucher as handed to the office: the only time, with every repetition of the request, that its code is told.</summary>
public sealed record IssuedVoucher(string Id, string Code, string RegistrationUrl, DateTimeOffset RedeemableUntil)
{
    /// <summary>The QR code of the registration URL as SVG, when asked for.</summary>
    public string? Qr { get; init; }
}

/// <summary>A batch with its codes.</summary>
/// <param name="Test">True for test vouchers, missing otherwise.</param>
public sealed record IssuedVouchers(string BatchId, IEnumerable<IssuedVoucher> Vouchers, bool? Test);

/// <summary>The endpoints of the offices' systems: issuing, and single vouchers. <see cref="BatchEndpoints"/> has the batches.</summary>
public static class IssuerEndpoints
{
    private const int LongestIdempotencyKey = 255;

    public static void MapIssuers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/vouchers").Require(Requires.IssuerKey);
        group.MapPost("", IssueAsync)
            .Describe(
                "IssueVouchers",
                Audience.Issuers,
                "Issues vouchers. Repeating the request with the same Idempotency-Key gives the same codes.",
                Problems.IdempotencyKeyMissing, Problems.InvalidRequest, Problems.NotAcceptable, Problems.QuotaExceeded, Problems.IdempotencyKeyReused)
            .AlsoProduces(BatchFormats.Csv, BatchFormats.Pdf, BatchFormats.Html)
            .Tells(StatusCodes.Status201Created, "Location")
            .Tells(StatusCodes.Status201Created, "Content-Disposition")
            .Tells(StatusCodes.Status200OK, "Content-Disposition");
        group.MapGet("/{id}", GetAsync)
            .Describe("GetVoucher", Audience.Issuers, "The status of a voucher, never whose it is.", Problems.VoucherUnknown);
        group.MapPost("/{id}/revoke", RevokeAsync)
            .Describe(
                "RevokeVoucher",
                Audience.Issuers,
                "Revokes a voucher that nobody has entered.",
                Problems.VoucherUnknown, Problems.VoucherUsed, Problems.VoucherPending);
        group.MapBatches();
    }

    private static async Task<Results<Created<IssuedVouchers>, Ok<IssuedVouchers>, BatchFile, Problem>> IssueAsync(
        IssueRequest body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        string? include,
        string? bom,
        string? separator,
        HttpContext http,
        CurrentIssuer caller,
        Issuing issuing,
        BatchPrinting printing)
    {
        if (idempotencyKey is null or { Length: 0 or > LongestIdempotencyKey } || idempotencyKey.Any(c => c is < '!' or > '~'))
        {
            return new Problem(Problems.IdempotencyKeyMissing);
        }
        var fields = new RequestValidation();
        var request = body.Parse(fields);
        var wanted = BatchRequest.Parse(http, fields, include, bom, separator);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        if (wanted is null)
        {
            return new Problem(Problems.NotAcceptable);
        }
        var answer = await issuing.IssueAsync(caller.Holder, idempotencyKey, request, http.RequestAborted);
        return answer.IsRefused(out var refusal, out var issued)
            ? new Problem(refusal)
            : AnswerTo(wanted, issued, caller.Holder.Issuer, printing);
    }

    private static Results<Created<IssuedVouchers>, Ok<IssuedVouchers>, BatchFile, Problem> AnswerTo(
        BatchRequest wanted, IssuedBatch issued, Issuer issuer, BatchPrinting printing)
    {
        var batch = issued.Batch;
        if (wanted.Format != BatchFormat.Json)
        {
            var file = wanted.Format == BatchFormat.Csv
                ? printing.ToCsv(batch, wanted.Csv)
                : printing.ToSheets(issuer, batch, wanted.Format);
            return issued.IsRepeated ? file : file.Created();
        }
        var vouchers = printing.ToJson(batch, wanted.WithQr);
        return issued.IsRepeated ? TypedResults.Ok(vouchers) : TypedResults.Created($"/api/vouchers/batches/{batch.Id}", vouchers);
    }

    private static async Task<Results<Ok<VoucherView>, Problem>> GetAsync(string id, HttpContext http, CurrentIssuer caller, IssuerVouchers vouchers)
    {
        if (!VoucherId.TryParse(id, out var voucherId))
        {
            return new Problem(Problems.VoucherUnknown);
        }
        var answer = await vouchers.FindAsync(caller.Holder, voucherId, http.RequestAborted);
        return answer.IsRefused(out var refusal, out var view) ? new Problem(refusal) : TypedResults.Ok(view);
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(string id, EmptyRequest? body, HttpContext http, CurrentIssuer caller, IssuerVouchers vouchers)
    {
        if (!VoucherId.TryParse(id, out var voucherId))
        {
            return new Problem(Problems.VoucherUnknown);
        }
        var answer = await vouchers.RevokeAsync(caller.Holder, voucherId, http.RequestAborted);
        return answer.IsRefused(out var refusal, out _) ? new Problem(refusal) : TypedResults.NoContent();
    }
}
