using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Http;

namespace VoucherFunctions.Accounts;

/// <summary>The token at the end of a mail's link, and the new password.</summary>
public sealed record TokenAndPasswordRequest(string? Token, string? Password);

/// <summary>Who logs in.</summary>
public sealed record LogInRequest(string? Email, string? Password);

/// <summary>Whose password was forgotten.</summary>
public sealed record EmailRequest(string? Email);

/// <summary>Without a session: activate, log in, forgotten password.</summary>
public static class AccountEndpoints
{
    /// <summary>Longer than any accepted password and shorter than any abuse.</summary>
    private const int LongestPassword = 1000;
    internal const int LongestToken = 200;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/activations", ActivateAsync)
            .Describe(
                "ActivateAccount",
                Audience.Participants,
                "Turns the registration into an account with this password, and opens a session.",
                Problems.InvalidRequest, Problems.PasswordTooWeak, Problems.ActivationExpired, Problems.ActivationUsed, Problems.AccountExists, Problems.ServiceBusy, Problems.KeyMissing)
            .Tells(StatusCodes.Status200OK, "Set-Cookie.both");
        routes.MapPost("/api/sessions", LogInAsync)
            .Describe(
                "LogIn",
                Audience.Participants,
                "Opens a session.",
                Problems.InvalidRequest, Problems.CredentialsWrong, Problems.AccountExpired, Problems.TooManyAttempts, Problems.ServiceBusy, Problems.KeyMissing)
            .Tells(StatusCodes.Status200OK, "Set-Cookie.both");
        routes.MapPost("/api/password-resets", RequestResetAsync)
            .Describe(
                "RequestPasswordReset",
                Audience.Participants,
                "Sends a reset link if the address has a live account; the answer is always the same.",
                Problems.InvalidRequest, Problems.TooManyAttempts);
        routes.MapPost("/api/password-resets/complete", CompleteResetAsync)
            .Describe(
                "CompletePasswordReset",
                Audience.Participants,
                "Sets a new password; all sessions end.",
                Problems.InvalidRequest, Problems.PasswordTooWeak, Problems.ResetExpired, Problems.ResetUsed, Problems.ServiceBusy, Problems.KeyMissing)
            .Tells(StatusCodes.Status204NoContent, "Set-Cookie.device");
    }

    private static async Task<Results<Ok<Profile>, Problem>> ActivateAsync(
        TokenAndPasswordRequest body, HttpContext http, Activations activations, Profiles profiles, SessionCookie cookie, DeviceCookie device)
    {
        var fields = new RequestValidation();
        var token = fields.Text("token", body.Token, LongestToken);
        var password = fields.Text("password", body.Password, LongestPassword);
        return fields.Refusal is { } invalid
            ? new Problem(invalid)
            : SignIn(await activations.ActivateAsync(token, password, device.Read(http), http.RequestAborted), http, profiles, cookie, device);
    }

    private static async Task<Results<Ok<Profile>, Problem>> LogInAsync(
        LogInRequest body, HttpContext http, LogIns logIns, Profiles profiles, SessionCookie cookie, DeviceCookie device, ClientAddress client)
    {
        var fields = new RequestValidation();
        var email = fields.Parse<EmailAddress>("email", body.Email, EmailAddress.TryParse);
        var password = fields.Text("password", body.Password, LongestPassword);
        return fields.Refusal is { } invalid
            ? new Problem(invalid)
            : SignIn(await logIns.LogInAsync(email!, password, device.Read(http), client.Of(http), http.RequestAborted), http, profiles, cookie, device);
    }

    private static async Task<Results<Accepted, Problem>> RequestResetAsync(
        EmailRequest body, HttpContext http, PasswordResets resets, ClientAddress client)
    {
        var fields = new RequestValidation();
        var email = fields.Parse<EmailAddress>("email", body.Email, EmailAddress.TryParse);
        if ((fields.Refusal ?? await resets.RequestAsync(email!, client.Of(http), http.RequestAborted)) is { } refusal)
        {
            return new Problem(refusal);
        }
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, Problem>> CompleteResetAsync(
        TokenAndPasswordRequest body, HttpContext http, PasswordResets resets, DeviceCookie device)
    {
        var fields = new RequestValidation();
        var token = fields.Text("token", body.Token, LongestToken);
        var password = fields.Text("password", body.Password, LongestPassword);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var answer = await resets.CompleteAsync(token, password, device.Read(http), http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var secret))
        {
            return new Problem(refusal);
        }
        device.Set(http, secret);
        return TypedResults.NoContent();
    }

    private static Results<Ok<Profile>, Problem> SignIn(
        Result<SignIn> answer, HttpContext http, Profiles profiles, SessionCookie cookie, DeviceCookie device)
    {
        if (answer.IsRefused(out var refusal, out var signIn))
        {
            return new Problem(refusal);
        }
        cookie.Set(http, signIn.Secret);
        if (signIn.Device is { } secret)
        {
            device.Set(http, secret);
        }
        return TypedResults.Ok(profiles.Read(signIn.Voucher));
    }
}
