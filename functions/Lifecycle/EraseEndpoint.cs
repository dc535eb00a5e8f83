using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Http;

namespace VoucherFunctions.Lifecycle;

/// <summary>The password, to make sure that it is the person who asks.</summary>
public sealed record PasswordRequest(string? Password);

/// <summary>"Erase everything about me", with a session and the password.</summary>
public static class EraseEndpoint
{
    private const int LongestPassword = 1000;

    public static void MapErase(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/profile").Require(Requires.Session).MapPost("/erase", EraseAsync)
            .Describe(
                "EraseAccount",
                Audience.Participants,
                "Deletes everything about the person now.",
                Problems.InvalidRequest, Problems.CredentialsWrong, Problems.TooManyAttempts, Problems.ServiceBusy)
            .Tells(StatusCodes.Status204NoContent, "Set-Cookie");

    private static async Task<Results<NoContent, Problem>> EraseAsync(
        PasswordRequest body, HttpContext http, CurrentPerson person, AccountErasure erasure, SessionCookie cookie)
    {
        var fields = new RequestValidation();
        var password = fields.Text("password", body.Password, LongestPassword);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var answer = await erasure.EraseAsync(person.SignedIn, password, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out _))
        {
            return new Problem(refusal);
        }
        cookie.Clear(http);
        return TypedResults.NoContent();
    }
}
