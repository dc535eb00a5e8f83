using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Http;

namespace VoucherFunctions.Registrations;

/// <summary>Who registers with which voucher.</summary>
public sealed record RegisterRequest(string? Code, string? Name, string? Email, string? Language);

/// <summary>Which registration it is about.</summary>
public sealed record HandleRequest(string? Handle);

/// <summary>Which registration it is about, and the right address.</summary>
public sealed record CorrectEmailRequest(string? Handle, string? Email);

public static class RegistrationEndpoints
{
    public static void MapRegistrations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/registrations");
        group.MapPost("", RegisterAsync)
            .Describe(
                "RegisterParticipant",
                Audience.Participants,
                "Registers a person for a voucher; an activation mail follows. The same person again while pending: at most the mail again.",
                Problems.VoucherCodeMistyped, Problems.InvalidRequest, Problems.VoucherUnknown, Problems.VoucherUsed, Problems.VoucherPending, Problems.VoucherExpired, Problems.VoucherRevoked, Problems.TooManyAttempts, Problems.TooSoon);
        group.MapPost("/resend", ResendAsync)
            .Describe(
                "ResendActivation",
                Audience.Participants,
                "Sends the same activation link once more.",
                Problems.InvalidRequest, Problems.RegistrationEnded, Problems.TooSoon);
        group.MapPost("/correct-email", CorrectEmailAsync)
            .Describe(
                "CorrectEmail",
                Audience.Participants,
                "Corrects the address; a new link goes there and the old one is dead.",
                Problems.InvalidRequest, Problems.RegistrationEnded, Problems.TooSoon);
        group.MapPost("/cancel", CancelAsync)
            .Describe(
                "CancelRegistration",
                Audience.Participants,
                "Gives the voucher back; the person's data are gone.",
                Problems.InvalidRequest, Problems.RegistrationEnded);
    }

    private static async Task<Results<Accepted<RegistrationReceipt>, Problem>> RegisterAsync(
        RegisterRequest body, HttpContext http, RegistrationService service, ClientAddress client)
    {
        if (!VoucherCode.TryParse(body.Code, out var code))
        {
            return new Problem(Problems.VoucherCodeMistyped);
        }
        var fields = new RequestValidation();
        var name = fields.Parse<PersonName>("name", body.Name, PersonName.TryParse);
        var email = fields.Parse<EmailAddress>("email", body.Email, EmailAddress.TryParse);
        var language = fields.Parse<Language>("language", body.Language, Languages.TryParse);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        return Answer(await service.RegisterAsync(code, name!, email!, language, client.Of(http), http.RequestAborted));
    }

    private static async Task<Results<Accepted<RegistrationReceipt>, Problem>> ResendAsync(
        HandleRequest body, HttpContext http, RegistrationService service, HashingKeys keys) =>
        TryParse(body.Handle, keys, out var handle)
            ? Answer(await service.ResendAsync(handle, http.RequestAborted))
            : Malformed;

    private static async Task<Results<Accepted<RegistrationReceipt>, Problem>> CorrectEmailAsync(
        CorrectEmailRequest body, HttpContext http, RegistrationService service, HashingKeys keys)
    {
        if (!TryParse(body.Handle, keys, out var handle))
        {
            return Malformed;
        }
        return EmailAddress.TryParse(body.Email, out var email)
            ? Answer(await service.CorrectEmailAsync(handle, email, http.RequestAborted))
            : new Problem(Refusal.Invalid("email", string.IsNullOrWhiteSpace(body.Email) ? "required" : "invalid"));
    }

    private static async Task<Results<NoContent, Problem>> CancelAsync(HandleRequest body, HttpContext http, RegistrationService service, HashingKeys keys)
    {
        if (!TryParse(body.Handle, keys, out var handle))
        {
            return Malformed;
        }
        var answer = await service.CancelAsync(handle, http.RequestAborted);
        return answer.IsRefused(out var refusal, out _) ? new Problem(refusal) : TypedResults.NoContent();
    }

    private static Problem Malformed => new(Refusal.Invalid("handle", "malformed"));

    private static bool TryParse(string? text, HashingKeys keys, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LinkToken? handle) =>
        LinkToken.TryParse(text, LinkPurpose.Registration, keys, out handle);

    private static Results<Accepted<RegistrationReceipt>, Problem> Answer(Result<RegistrationReceipt> answer) =>
        answer.IsRefused(out var refusal, out var receipt) ? new Problem(refusal) : TypedResults.Accepted((string?)null, receipt);
}
