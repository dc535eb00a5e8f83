using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Http;

namespace VoucherFunctions.Accounts;

/// <summary>The token at the end of a mail's link.</summary>
public sealed record TokenRequest(string? Token);

/// <summary>The link works now.</summary>
/// <param name="Email">The account's address, masked.</param>
/// <param name="Until">When the link ends.</param>
public sealed record CheckedLink(string Email, DateTimeOffset Until);

/// <summary>Before a password is typed: whether the link in a mail still works, and for which address. Nothing is used up.</summary>
public static class LinkCheckEndpoints
{
    public static void MapLinkChecks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/activations/check", CheckActivationAsync)
            .Describe(
                "CheckActivation",
                Audience.Participants,
                "Tells for which address an activation link is, or refuses it as activating would. Uses nothing up.",
                Problems.InvalidRequest, Problems.ActivationExpired, Problems.ActivationUsed, Problems.AccountExists, Problems.KeyMissing);
        routes.MapPost("/api/password-resets/check", CheckResetAsync)
            .Describe(
                "CheckPasswordReset",
                Audience.Participants,
                "Tells for which address a reset link is, or refuses it as setting the password would. Uses nothing up.",
                Problems.InvalidRequest, Problems.ResetExpired, Problems.ResetUsed, Problems.KeyMissing);
    }

    private static Task<Results<Ok<CheckedLink>, Problem>> CheckActivationAsync(TokenRequest body, HttpContext http, Activations activations) =>
        AnswerAsync(body, activations.CheckAsync, http);

    private static Task<Results<Ok<CheckedLink>, Problem>> CheckResetAsync(TokenRequest body, HttpContext http, PasswordResets resets) =>
        AnswerAsync(body, resets.CheckAsync, http);

    private static async Task<Results<Ok<CheckedLink>, Problem>> AnswerAsync(
        TokenRequest body, Func<string, CancellationToken, Task<Result<CheckedLink>>> checkAsync, HttpContext http)
    {
        var fields = new RequestValidation();
        var token = fields.Text("token", body.Token, AccountEndpoints.LongestToken);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        return (await checkAsync(token, http.RequestAborted)).IsRefused(out var refusal, out var link) ? new Problem(refusal) : TypedResults.Ok(link);
    }
}
