using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>A person on the way from the voucher to the account, in a browser of their own. Every step asserts that it went well.</summary>
public sealed partial class Journey(TestApp app, string code, string email) : IDisposable
{
    public const string Password = "correct horse battery staple";
    private static int _counter;
    private readonly Dictionary<string, string> _entityTags = [];

    public HttpClient Client { get; } = app.NewClient();

    public string Code => code;

    public string Email { get; set; } = email;

    public string Handle { get; private set; } = "";

    public static async Task<Journey> WithVoucherAsync(TestApp app, string? email = null, string? redeemableUntil = null)
    {
        var codes = await IssueAsync(app, 1, redeemableUntil);
        return new Journey(app, codes[0].Code, email ?? $"person{Interlocked.Increment(ref _counter)}@example.ch");
    }

    /// <summary>The mail, which leaves after the answer, has left: a test that moves the clock next cannot overtake it.</summary>
    public static async Task<Journey> RegisteredAsync(TestApp app, string? email = null)
    {
        var journey = await RegisteredBeforeMailAsync(app, email);
        await app.SettleAsync();
        return journey;
    }

    /// <summary>The mail may not have left yet: for mail services that hold it.</summary>
    public static async Task<Journey> RegisteredBeforeMailAsync(TestApp app, string? email = null)
    {
        var journey = await WithVoucherAsync(app, email);
        var answer = await journey.RegisterAsync();
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.ToString());
        return journey;
    }

    public static async Task<Journey> ActivatedAsync(TestApp app, string? email = null)
    {
        var journey = await RegisteredAsync(app, email);
        var answer = await journey.ActivateAsync();
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return journey;
    }

    public static async Task<IReadOnlyList<(string Id, string Code)>> IssueAsync(TestApp app, int count, string? redeemableUntil = null)
    {
        var answer = await app.Client.SendAsync(
            HttpMethod.Post, "/api/vouchers", new { count, redeemableUntil }, app.IssuerKey, ("Idempotency-Key", Guid.NewGuid().ToString()));
        Assert.True(answer.Status == HttpStatusCode.Created, answer.ToString());
        return [.. answer.Json["vouchers"]!.AsArray().Select(voucher => (voucher!["id"]!.GetValue<string>(), voucher["code"]!.GetValue<string>()))];
    }

    /// <summary>The same person in another browser.</summary>
    public Journey Elsewhere() => new(app, code, Email);

    public Task<Answer> CheckAsync() => Client.PostAsync("/api/vouchers/check", new { code });

    public async Task<Answer> RegisterAsync(string name = "Anne Muster", string language = "fr")
    {
        var answer = await Client.PostAsync("/api/registrations", new { code, name, email = Email, language });
        if (answer.Status == HttpStatusCode.Accepted)
        {
            Handle = answer.Json["handle"]!.GetValue<string>();
        }
        return answer;
    }

    public Task<Answer> ResendAsync() => Client.PostAsync("/api/registrations/resend", new { handle = Handle });

    /// <summary>Afterwards this person's address is the corrected one.</summary>
    public Task<Answer> CorrectEmailAsync(string corrected)
    {
        Email = corrected;
        return Client.PostAsync("/api/registrations/correct-email", new { handle = Handle, email = corrected });
    }

    public Task<Answer> CancelAsync() => Client.PostAsync("/api/registrations/cancel", new { handle = Handle });

    /// <summary>The token of the newest mail with a link, as the person finds it.</summary>
    public async Task<string> TokenAsync()
    {
        await app.SettleAsync();
        var mails = app.Mailbox.To(Email);
        var link = mails.Select(mail => LinkIn(mail.Content.Text)).LastOrDefault(found => found is not null);
        Assert.True(link is not null, $"There is no mail with a link among {mails.Count}.");
        return link;
    }

    /// <summary>The token of the link in a mail, if there is one.</summary>
    public static string? LinkIn(string text) => Token().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    public async Task<Answer> ActivateAsync(string password = Password) => await ActivateAsync(await TokenAsync(), password);

    public Task<Answer> ActivateAsync(string token, string password) => Client.PostAsync("/api/activations", new { token, password });

    public Task<Answer> LogInAsync(string password = Password) => Client.PostAsync("/api/sessions", new { email = Email, password });

    /// <summary>The same code with another address, as somebody else would.</summary>
    public Task<Answer> RegisterAsAsync(string address) =>
        Client.PostAsync("/api/registrations", new { code, name = "Beat Muster", email = address, language = "de" });

    public Task<Answer> SessionsAsync() => Client.GetAsync("/api/sessions", bearer: null);

    public Task<Answer> EndSessionAsync(string id) => Client.SendAsync(HttpMethod.Delete, $"/api/sessions/{id}", null);

    public Task<Answer> ChangeProfileAsync(object changes) => Client.SendAsync(HttpMethod.Patch, "/api/profile", changes);

    public Task<Answer> ChangePasswordAsync(string currentPassword, string newPassword) =>
        Client.PostAsync("/api/profile/password", new { currentPassword, newPassword });

    public Task<Answer> EraseAsync(string password = Password) => Client.PostAsync("/api/profile/erase", new { password });

    public Task<Answer> ProfileAsync() => Client.GetAsync("/api/profile", bearer: null);

    public Task<Answer> RequestResetAsync() => Client.PostAsync("/api/password-resets", new { email = Email });

    public Task<Answer> CompleteResetAsync(string token, string password) =>
        Client.PostAsync("/api/password-resets/complete", new { token, password });

    public Task<Answer> DocumentsAsync() => Client.GetAsync("/api/documents", bearer: null);

    /// <summary>A new document, or another content for the one that has this entity tag.</summary>
    public async Task<Answer> PutDocumentAsync(string name, byte[] content, string? ifMatch = null)
    {
        var condition = ifMatch is null ? ("If-None-Match", "*") : ("If-Match", ifMatch);
        var answer = await Client.SendAsync(HttpMethod.Put, DocumentPath(name), new ByteArrayContent(content), headers: condition);
        if (answer.Status is HttpStatusCode.OK or HttpStatusCode.Created)
        {
            _entityTags[name] = answer.Text("etag");
        }
        return answer;
    }

    /// <summary>Another content for the document as the list has it.</summary>
    public async Task<Answer> ReplaceDocumentAsync(string name, byte[] content) => await PutDocumentAsync(name, content, await EntityTagAsync(name));

    public Task<Answer> GetDocumentAsync(string name) => Client.GetAsync(DocumentPath(name), bearer: null);

    /// <summary>The document as it was put by this journey, or else as the list has it.</summary>
    public async Task<Answer> RemoveDocumentAsync(string name) =>
        await Client.SendAsync(HttpMethod.Delete, DocumentPath(name), null, headers: ("If-Match", _entityTags.GetValueOrDefault(name) ?? await EntityTagAsync(name)));

    public static string DocumentPath(string name) => $"/api/documents/{Uri.EscapeDataString(name)}";

    public void Dispose() => Client.Dispose();

    private async Task<string> EntityTagAsync(string name) => (await DocumentsAsync()).MustBe(HttpStatusCode.OK).Json["documents"]!.AsArray()
        .FirstOrDefault(document => document!["name"]!.GetValue<string>() == name)?["etag"]!.GetValue<string>() ?? "\"none\"";

    [GeneratedRegex("#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
