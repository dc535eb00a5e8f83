using System.Text.Json.Nodes;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Flows;

/// <summary>One thing that somebody does, or a timer; <see cref="Needs"/> names what it needs to know.</summary>
public sealed record Flow(string Name, Func<Host, ClientState, Task<Reply>> RunAsync, params string[] Needs)
{
    public const string Anne = "anne@example.ch";
    public const string Beat = "beat@example.ch";
    public const string Carla = "carla@example.ch";
    public const string Dora = "dora@example.ch";

    public const string Document = "cv.txt";
    public const string Letter = "letter.txt";

    // Of different lengths, by which they are told apart where they are stored.
    public const string DocumentText = "Twenty years of it";
    public const string NewDocumentText = "Twenty-one years of it";
    /// <summary>A PDF, though its name says that it is a text.</summary>
    public const string LetterText = "%PDF-1.7 Dear Sir or Madam";

    private const string NoDocument = "\"none\"";

    // Of no word, since the estimate of a password's strength takes longest where it finds words.
    public const string Password = "kxqvzwjbnfhpt";
    public const string SecondPassword = "wzkqjxvhbgtfp";
    public const string NewPassword = "xjqzvkpwgbnhf";
    public const string OtherPassword = "zvwxkqhjfpbtg";

    /// <summary>The function's name when it is a timer.</summary>
    public string? Timer { get; init; }

    /// <summary>After it no earlier session may be open.</summary>
    public bool EndsSessions { get; init; }

    /// <summary>The wrong passwords of others must not make it wait.</summary>
    public bool HasOwnCount { get; init; }

    public static IReadOnlyList<Flow> All { get; } =
    [
        new("issue", (host, known) => host.SendAsync(
            "POST", "/api/vouchers", new JsonObject { ["count"] = 2, ["redeemableUntil"] = "2030-11-01T00:00:00Z" }, known["issuer-key"], idempotencyKey: known["idempotency-key"])),
        new("check", (host, known) => host.SendAsync("POST", "/api/vouchers/check", new JsonObject { ["code"] = known["code1"] }, client: known["client"])),
        Register("register", "code1", Anne),
        Register("register other", "code1", Beat),
        Register("register 2", "code2", Anne),
        Post("resend", "/api/registrations/resend", known => new JsonObject { ["handle"] = known["handle1"] }, "handle1"),
        Post("correct", "/api/registrations/correct-email", known => new JsonObject { ["handle"] = known["handle1"], ["email"] = known.Address(Carla) }, "handle1"),
        Post("correct to a fourth", "/api/registrations/correct-email", known => new JsonObject { ["handle"] = known["handle4"], ["email"] = known.Address(Dora) }, "handle4"),
        Post("cancel", "/api/registrations/cancel", known => new JsonObject { ["handle"] = known["handle1"] }, "handle1"),
        Post("look at link", "/api/activations/check", known => new JsonObject { ["token"] = known["token1"] }, "token1"),
        Post("look at link 2", "/api/activations/check", known => new JsonObject { ["token"] = known["token2"] }, "token2"),
        Post("activate", "/api/activations", known => new JsonObject { ["token"] = known["token1"], ["password"] = Password }, "token1"),
        Post("activate 2", "/api/activations", known => new JsonObject { ["token"] = known["token2"], ["password"] = SecondPassword }, "token2"),
        Post("log in", "/api/sessions", known => new JsonObject { ["email"] = known.Address(Anne), ["password"] = Password }),
        Post("log in wrong", "/api/sessions", known => new JsonObject { ["email"] = known.Address(Anne), ["password"] = "never-Was-Right-77-ulme" }),
        new("log in on own device", (host, known) => host.SendAsync(
            "POST", "/api/sessions", new JsonObject { ["email"] = known.Address(Anne), ["password"] = Password }, client: known["client"], device: known["device1"]), "device1") { HasOwnCount = true },
        new("log out", (host, known) => host.SendAsync("DELETE", "/api/sessions/current", cookie: known["cookie1"]), "cookie1"),
        new("profile", (host, known) => host.SendAsync("GET", "/api/profile", cookie: known["cookie1"]), "cookie1"),
        Post("request reset", "/api/password-resets", known => new JsonObject { ["email"] = known.Address(Anne) }),
        Post("look at reset", "/api/password-resets/check", known => new JsonObject { ["token"] = known["reset1"] }, "reset1"),
        Post("reset", "/api/password-resets/complete", known => new JsonObject { ["token"] = known["reset1"], ["password"] = NewPassword }, "reset1") with { EndsSessions = true },
        new("change password", (host, known) => host.SendAsync(
            "POST", "/api/profile/password", new JsonObject { ["currentPassword"] = Password, ["newPassword"] = OtherPassword }, cookie: known["cookie1"]), "cookie1") { EndsSessions = true },
        new("erase", (host, known) => host.SendAsync(
            "POST", "/api/profile/erase", new JsonObject { ["password"] = Password }, cookie: known["cookie1"]), "cookie1") { EndsSessions = true },
        new("upload", async (host, known) => TellType(await host.SendAsync("PUT", $"/api/documents/{Letter}", cookie: known["cookie1"], text: LetterText)), "cookie1"),
        new("replace document", (host, known) => host.SendAsync(
            "PUT", $"/api/documents/{Document}", cookie: known["cookie1"], text: NewDocumentText, ifMatch: known["document1"]), "cookie1", "document1"),
        new("remove document", (host, known) => host.SendAsync(
            "DELETE", $"/api/documents/{Document}", cookie: known["cookie1"], ifMatch: known.Find("document1") ?? NoDocument), "cookie1"),
        new("remove letter", async (host, known) =>
        {
            var list = await host.SendAsync("GET", "/api/documents", cookie: known["cookie1"]);
            var letter = list.Body?["documents"]?.AsArray().FirstOrDefault(document => document!["name"]!.GetValue<string>() == Letter);
            return letter is null
                ? list
                : await host.SendAsync("DELETE", $"/api/documents/{Letter}", cookie: known["cookie1"], ifMatch: letter["etag"]!.GetValue<string>());
        }, "cookie1"),
        new("remove in an old tab", (host, known) => host.SendAsync(
            "DELETE", $"/api/documents/{Document}", cookie: known["cookie1"], ifMatch: known.Find("document1") ?? NoDocument, account: "somebody-else"), "cookie1"),
        new("revoke", (host, known) => host.SendAsync("POST", $"/api/vouchers/{known["id1"]}/revoke", new JsonObject(), known["issuer-key"])),
        OfTimer("lapse", "RemoveUnactivatedRegistrations"),
        OfTimer("remind", "SendExpiryReminders"),
        OfTimer("lock", "LockExpiredAccounts"),
        OfTimer("delete", "DeleteExpiredData"),
        OfTimer("send mail", "SendPendingMail"),
        OfTimer("orphan blobs", "RemoveOrphanBlobs"),
    ];

    public static Flow Of(string name) => All.FirstOrDefault(flow => flow.Name == name) ?? throw new ArgumentException($"There is no flow {name}.", nameof(name));

    public bool CanRun(ClientState known) => Needs.All(known.Has);

    public override string ToString() => Name;

    private static Flow Post(string name, string path, Func<ClientState, JsonObject> body, params string[] needs) =>
        new(name, (host, known) => host.SendAsync("POST", path, body(known), client: known["client"]), needs);

    private static Flow Register(string name, string code, string email) => Post(
        name, "/api/registrations", known => new JsonObject { ["code"] = known[code], ["name"] = "Anne Muster", ["email"] = known.Address(email), ["language"] = "fr" });

    /// <summary>Of a document that was kept, the answer says of what type it is.</summary>
    private static Reply TellType(Reply reply) => reply.IsSuccess ? reply with { Code = reply.Text("type") } : reply;

    private static Flow OfTimer(string name, string function) => new(name, (host, _) => host.RunTimerAsync(function)) { Timer = function };
}
