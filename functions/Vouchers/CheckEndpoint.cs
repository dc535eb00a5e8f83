using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Http;

namespace VoucherFunctions.Vouchers;

/// <summary>Which voucher to look at.</summary>
public sealed record CheckRequest(string? Code);

/// <summary>A voucher that can be redeemed now.</summary>
public sealed record CheckedVoucher(string Status, DateTimeOffset RedeemableUntil);

public static class CheckEndpoint
{
    public static void MapVoucherCheck(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/vouchers/check", CheckAsync)
            .Describe(
                "CheckVoucher",
                Audience.Participants,
                "Whether a voucher can be redeemed now.",
                Problems.VoucherCodeMistyped, Problems.VoucherUnknown, Problems.VoucherUsed, Problems.VoucherPending, Problems.VoucherExpired, Problems.VoucherRevoked, Problems.TooManyAttempts);

    private static async Task<Results<Ok<CheckedVoucher>, Problem>> CheckAsync(
        CheckRequest body, HttpContext http, VoucherFinder finder, ClientAddress client, TimeProvider clock)
    {
        if (!VoucherCode.TryParse(body.Code, out var code))
        {
            return new Problem(Problems.VoucherCodeMistyped);
        }
        var now = clock.GetUtcNow();
        var found = await finder.FindAsync(code, client.Of(http), now, http.RequestAborted);
        if (found.IsRefused(out var refusal, out var snapshot))
        {
            return new Problem(refusal);
        }
        return RegistrationRules.CheckRedeemable(snapshot.Voucher, now) is { } unusable
            ? new Problem(unusable)
            : TypedResults.Ok(new CheckedVoucher("redeemable", snapshot.Voucher.RedeemableUntil));
    }
}
