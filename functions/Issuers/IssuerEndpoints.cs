using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VoucherFunctions.Hosting;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Issuers;

public sealed record IssueBody(int? Count, string? Reference, string? RedeemableUntil, string? Language);

/// <summary>A voucher as handed to the office: the only time, with every repetition of the request, that its code is told.</summary>
public sealed record IssuedVoucher(string Id, string Code, string RegistrationUrl, DateTimeOffset RedeemableUntil)
{
    /// <summary>The QR code of the registration URL as SVG, when asked for.</summary>
    public string? Qr { get; init; }
}

public sealed record IssuedVouchers(string BatchId, IReadOnlyList<IssuedVoucher> Vouchers);

public sealed record BatchView(
    string BatchId, DateTimeOffset CreatedAt, int Count, string? Reference, DateTimeOffset RedeemableUntil, IReadOnlyList<VoucherView> Vouchers);

public static class IssuerEndpoints
{
    private const int MostVouchers = 1000;
    private const int LongestReference = 100;
    private const int LongestIdempotencyKey = 255;

    /// <summary>A date beyond this is a typing error.</summary>
    private const int LongestYears = 5;

    public static void MapIssuers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/vouchers").Require(Requires.IssuerKey);
        group.MapPost("", IssueAsync)
            .Describe(
                "IssueVouchers",
                Audience.Issuers,
                "Issues vouchers. Repeating the request with the same Idempotency-Key gives the same codes.",
                "idempotency-key-missing", "invalid-request", "not-acceptable", "quota-exceeded", "idempotency-key-reused")
            .AlsoProduces(BatchFormats.Csv, BatchFormats.Pdf);
        group.MapGet("/batches/{batchId}", GetBatchAsync)
            .Describe(
                "GetBatch",
                Audience.Issuers,
                "The status of each voucher of a batch, never whose it is.",
                "invalid-request", "not-acceptable", "batch-unknown", "batch-incomplete", "nothing-to-print")
            .AlsoProduces(BatchFormats.Csv, BatchFormats.Pdf);
        group.MapGet("/{id}", GetAsync)
            .Describe("GetVoucher", Audience.Issuers, "The status of a voucher, never whose it is.", "voucher-unknown");
        group.MapPost("/{id}/revoke", RevokeAsync)
            .Describe(
                "RevokeVoucher",
                Audience.Issuers,
                "Revokes a voucher that nobody has entered.",
                "voucher-unknown", "voucher-used", "voucher-pending");
    }

    private static async Task<Results<Created<IssuedVouchers>, Ok<IssuedVouchers>, BatchFile, Problem>> IssueAsync(
        IssueBody body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        string? include,
        string? bom,
        HttpContext http,
        CurrentIssuer caller,
        Issuing issuing,
        BatchPrinting printing,
        TimeProvider clock)
    {
        if (idempotencyKey is null or { Length: 0 or > LongestIdempotencyKey } || idempotencyKey.Any(c => c is < '!' or > '~'))
        {
            return new Problem(new Refusal("idempotency-key-missing"));
        }
        var fields = new Fields();
        var request = Parse(body, fields, clock.GetUtcNow());
        var wanted = BatchRequest.Parse(http, fields, include, bom);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        if (wanted is null)
        {
            return new Problem(new Refusal("not-acceptable"));
        }
        var answer = await issuing.IssueAsync(caller.Issuer, idempotencyKey, request, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var issued))
        {
            return new Problem(refusal);
        }
        var batch = issued.Batch;
        if (wanted.Format != BatchFormat.Json)
        {
            var file = wanted.Format == BatchFormat.Csv
                ? printing.ToCsv(batch, wanted.WithByteOrderMark)
                : await printing.ToPdfAsync(caller.Issuer, batch, http.RequestAborted);
            return issued.IsRepeated ? file : file.Created();
        }
        var vouchers = printing.ToJson(batch, wanted.WithQr);
        return issued.IsRepeated ? TypedResults.Ok(vouchers) : TypedResults.Created($"/api/vouchers/batches/{batch.Id}", vouchers);
    }

    private static async Task<Results<Ok<BatchView>, BatchFile, Problem>> GetBatchAsync(
        string batchId, string? bom, HttpContext http, CurrentIssuer caller, IssuerVouchers vouchers, BatchPrinting printing)
    {
        var fields = new Fields();
        var wanted = BatchRequest.Parse(http, fields, include: null, bom);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        if (wanted is null)
        {
            return new Problem(new Refusal("not-acceptable"));
        }
        var answer = await vouchers.FindBatchAsync(caller.Issuer, batchId, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var found))
        {
            return new Problem(refusal);
        }
        var (batch, views) = found;
        return wanted.Format switch
        {
            BatchFormat.Csv => printing.ToCsv(batch, views, wanted.WithByteOrderMark),
            BatchFormat.Pdf when await printing.ToPdfAsync(caller.Issuer, batch, views, http.RequestAborted) is { } file => file,
            BatchFormat.Pdf => new Problem(new Refusal("nothing-to-print")),
            _ => TypedResults.Ok(new BatchView(batch.Id, batch.CreatedAt, batch.Count, batch.Reference, batch.RedeemableUntil, views)),
        };
    }

    private static async Task<Results<Ok<VoucherView>, Problem>> GetAsync(string id, HttpContext http, CurrentIssuer caller, IssuerVouchers vouchers)
    {
        if (!VoucherId.TryParse(id, out var voucherId))
        {
            return new Problem(new Refusal("voucher-unknown"));
        }
        var answer = await vouchers.FindAsync(caller.Issuer, voucherId, http.RequestAborted);
        return answer.IsRefused(out var refusal, out var view) ? new Problem(refusal) : TypedResults.Ok(view);
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(string id, NoBody? body, HttpContext http, CurrentIssuer caller, IssuerVouchers vouchers)
    {
        if (!VoucherId.TryParse(id, out var voucherId))
        {
            return new Problem(new Refusal("voucher-unknown"));
        }
        var answer = await vouchers.RevokeAsync(caller.Issuer, voucherId, http.RequestAborted);
        return answer.IsRefused(out var refusal, out _) ? new Problem(refusal) : TypedResults.NoContent();
    }

    private static IssueRequest Parse(IssueBody body, Fields fields, DateTimeOffset now)
    {
        if (body.Count is not (>= 1 and <= MostVouchers))
        {
            fields.Refuse("count", body.Count is null ? "required" : "out-of-range");
        }
        if (body.Reference?.Length > LongestReference)
        {
            fields.Refuse("reference", "too-long");
        }
        if (body.Reference is { } reference && PersonalReference.IsFoundIn(reference))
        {
            fields.Refuse("reference", "personal");
        }
        DateTimeOffset? until = null;
        if (body.RedeemableUntil is { } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
            {
                fields.Refuse("redeemableUntil", "invalid");
            }
            else if (parsed <= now || parsed > now.AddYears(LongestYears))
            {
                fields.Refuse("redeemableUntil", "out-of-range");
            }
            until = parsed;
        }
        var language = Language.Fr;
        if (body.Language is { } code && !Languages.TryParse(code, out language))
        {
            fields.Refuse("language", "invalid");
        }
        return new IssueRequest(body.Count ?? 0, body.Reference, until, language);
    }
}
