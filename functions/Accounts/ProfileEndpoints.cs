using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Http;

namespace VoucherFunctions.Accounts;

/// <summary>What to change of the profile; at least one of the two.</summary>
public sealed record ProfileRequest(string? Name = null, string? Language = null);

/// <summary>The password as it is and as it shall be.</summary>
public sealed record ChangePasswordRequest(string? CurrentPassword, string? NewPassword);

/// <summary>One of the person's own sessions.</summary>
public sealed record SessionView(string Id, bool Current, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt);

/// <summary>The person's own open sessions.</summary>
public sealed record SessionList(IReadOnlyList<SessionView> Sessions);

/// <summary>With a session: the own profile and sessions.</summary>
public static class ProfileEndpoints
{
    private const int LongestPassword = 1000;
    private const string Current = "current";

    public static void MapProfile(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/api/sessions").Require(Requires.Session);
        sessions.MapGet("", ListSessions)
            .Describe("ListSessions", Audience.Participants, "The person's own open sessions.");
        sessions.MapDelete("/{id}", EndSessionAsync)
            .Describe("EndSession", Audience.Participants, "Ends one of the person's own sessions; `current` logs out.")
            .Tells(StatusCodes.Status204NoContent, "Set-Cookie.perhaps")
            .WithMetadata(new LogOutMetadata("id", Current));
        var profile = routes.MapGroup("/api/profile").Require(Requires.Session);
        profile.MapGet("", Read)
            .Describe("GetProfile", Audience.Participants, "The person's own profile with the days left.");
        profile.MapPatch("", ChangeAsync)
            .Describe("UpdateProfile", Audience.Participants, "Changes the name or the language.", Problems.InvalidRequest);
        profile.MapPost("/password", ChangePasswordAsync)
            .Describe(
                "ChangePassword",
                Audience.Participants,
                "Changes the password; all other sessions end.",
                Problems.InvalidRequest, Problems.PasswordTooWeak, Problems.CredentialsWrong, Problems.TooManyAttempts, Problems.ServiceBusy)
            .Tells(StatusCodes.Status204NoContent, "Set-Cookie");
    }

    private static Ok<SessionList> ListSessions(CurrentPerson person, Sessions sessions) => TypedResults.Ok(new SessionList(
        [.. sessions.ListOpen(person.SignedIn).Select(session => new SessionView(
            session.Id, session.Id == person.SignedIn.Session.Id, session.StartedAt, session.LastSeenAt, session.EndsAt))]));

    private static async Task<NoContent> EndSessionAsync(string id, HttpContext http, CurrentPerson person, Sessions sessions, SessionCookie cookie)
    {
        var own = person.SignedIn.Session.Id;
        var ended = id == Current ? own : id;
        await sessions.EndAsync(person.SignedIn, ended, http.RequestAborted);
        if (ended == own)
        {
            cookie.Clear(http);
        }
        return TypedResults.NoContent();
    }

    private static Ok<Profile> Read(CurrentPerson person, Profiles profiles) => TypedResults.Ok(profiles.Read(person.SignedIn.Voucher));

    private static async Task<Results<Ok<Profile>, Problem>> ChangeAsync(ProfileRequest body, HttpContext http, CurrentPerson person, Profiles profiles)
    {
        var fields = new RequestValidation();
        if (body is { Name: null, Language: null })
        {
            fields.Refuse("name", "required");
        }
        var name = body.Name is null ? null : fields.Parse<PersonName>("name", body.Name, PersonName.TryParse);
        Language? language = body.Language is null ? null : fields.Parse<Language>("language", body.Language, Languages.TryParse);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var answer = await profiles.ChangeAsync(person.SignedIn, name, language, http.RequestAborted);
        return answer.IsRefused(out var refusal, out var profile) ? new Problem(refusal) : TypedResults.Ok(profile);
    }

    private static async Task<Results<NoContent, Problem>> ChangePasswordAsync(
        ChangePasswordRequest body, HttpContext http, CurrentPerson person, Profiles profiles, SessionCookie cookie)
    {
        var fields = new RequestValidation();
        var current = fields.Text("currentPassword", body.CurrentPassword, LongestPassword);
        var wanted = fields.Text("newPassword", body.NewPassword, LongestPassword);
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var answer = await profiles.ChangePasswordAsync(person.SignedIn, current, wanted, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var signIn))
        {
            return new Problem(refusal);
        }
        cookie.Set(http, signIn.Secret);
        return TypedResults.NoContent();
    }
}
