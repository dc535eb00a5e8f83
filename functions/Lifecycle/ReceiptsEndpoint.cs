using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Http;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Lifecycle;

/// <summary>A receipt of deletions, chained to the one before it.</summary>
/// <param name="CutOff">Everything that was due before this instant is deleted; missing when it was no run over all that is due.</param>
/// <param name="AtEnd">Accounts deleted at the end of their time.</param>
/// <param name="ByWish">Accounts that their owners had erased.</param>
/// <param name="Again">Accounts that a restored copy had brought back.</param>
/// <param name="Previous">The hash of the receipt before.</param>
public sealed record ReceiptView(int Number, DateTimeOffset At, DateTimeOffset? CutOff, int AtEnd, int ByWish, int Again, string Previous, string Hash);

/// <summary>The last receipt there is.</summary>
public sealed record ReceiptHead(int Number, string Hash);

/// <summary>One page, in order.</summary>
/// <param name="Head">Missing as long as nothing was deleted.</param>
public sealed record ReceiptList(IReadOnlyList<ReceiptView> Receipts, ReceiptHead? Head);

public static class ReceiptsEndpoint
{
    public static void MapReceipts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/lifecycle/receipts", ListAsync)
            .Describe(
                "ListDeletionReceipts",
                Audience.Administrators,
                "How many accounts were deleted when, each receipt chained to the one before it by its hash; 500 at once, after the number `after`.",
                Problems.InvalidRequest).Require(Requires.AdminKey);

    private static async Task<Results<Ok<ReceiptList>, Problem>> ListAsync(string? after, HttpContext http, ReceiptStore store)
    {
        var number = 0;
        if (after is not null && !int.TryParse(after, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number))
        {
            return new Problem(Refusal.Invalid("after", "invalid"));
        }
        var (receipts, last) = await store.ListAsync(number, http.RequestAborted);
        return TypedResults.Ok(new ReceiptList(
            [.. receipts.Select(receipt => new ReceiptView(
                receipt.Number, receipt.At, receipt.CutOff, receipt.Deleted.AtEnd, receipt.Deleted.ByWish, receipt.Deleted.Again, receipt.Previous, receipt.Hash))],
            last is null ? null : new ReceiptHead(last.Number, last.Hash)));
    }
}
