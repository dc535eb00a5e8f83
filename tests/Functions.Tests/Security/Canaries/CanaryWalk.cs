using System.Net;
using System.Text;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security.Canaries;

/// <summary>Every flow with everything marked, and every mistake on the way.</summary>
internal sealed class CanaryWalk(TestApp app, BrokenStorage storage) : IDisposable
{
    private const string Name = "Kanarienvogelin Zwitscherzoë";
    private const string FirstEmail = "kanarieneins@vogelhaeuschen.example.ch";
    private const string Email = "kanarienzwei@vogelhaeuschen.example.ch";
    private const string NewPassword = "lantern bluebell over the lake";
    private const string Document = "Zwitscherlebenslauf Ömmel.txt";
    private const string Content = "Gefiederte Geheimnisse von 1987";
    private const string Place = "vogelkunde";

    private readonly List<Canary> _canaries =
    [
        new("Kanarienvogelin"), new("Zwitscherzoë"), new(Name), new("kanarieneins"), new("kanarienzwei"), new("kanariendrei"), new("vogelhaeuschen"),
        new(FirstEmail), new(Email), new(Journey.Password), new(NewPassword), new("wrong horse battery staple"), new("Kanarienvogelin99"),
        new("Zwitscherlebenslauf"), new("Ömmel.txt"), new(Document), new($"2 {Document}"), new(Content), new("Gefiederte"),
    ];

    private readonly List<Journey> _journeys = [];

    public IReadOnlyList<Canary> Canaries => _canaries;

    /// <summary>A page of the course: in a trace of a storage call it says that somebody was there, in a row it would say who.</summary>
    public Canary Page { get; } = new($"{Place}/lektion");

    public List<string> VoucherIds { get; } = [];

    /// <summary>From the voucher to an account with documents, a place, open mail and a past.</summary>
    public async Task LiveAsync()
    {
        Secret(app.IssuerKey.Split('_', 4)[3]);
        Secret(TestApp.AdminKey);
        var person = await NewAsync(FirstEmail);
        await RegisterAsync(person);
        Cookie((await person.ActivateAsync()).MustBe(HttpStatusCode.OK));
        await LogInAsync(person);
        await UseDocumentsAsync(person);
        await LearnAsync(person);
        await ChangeAsync(person);
        await FailAsync(person);
        await AbandonAsync();
        await IssueInOtherFormsAsync();
        await LearnKeysAsync();
        await app.RunAllTimersAsync();
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();
        app.Mailbox.Failure = null;
    }

    /// <summary>One account is erased, another lives to its end; what is left of the third is still there to be searched.</summary>
    public async Task EndAsync()
    {
        var erased = _journeys[0];
        Cookie((await erased.LogInAsync()).MustBe(HttpStatusCode.OK));
        (await erased.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        var old = await NewAsync(Email);
        (await old.RegisterAsync(Name)).MustBe(HttpStatusCode.Accepted);
        (await old.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await old.PutDocumentAsync(Document, Encoding.UTF8.GetBytes(Content))).MustBe(HttpStatusCode.Created);
        await LearnKeysAsync();
        foreach (var instant in (string[])["2027-02-10T10:00:00Z", "2027-02-21T10:00:00Z", "2028-02-14T10:00:00Z"])
        {
            app.MoveTo(instant);
            await app.RunAllTimersAsync();
            await app.SettleAsync();
        }
        (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures")).MustBe(HttpStatusCode.OK);
        (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures/replay", new { from = "0" })).MustBe(HttpStatusCode.OK);
        var last = await NewAsync(Email);
        (await last.RegisterAsync(Name)).MustBe(HttpStatusCode.Accepted);
        (await last.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await last.PutDocumentAsync(Document, Encoding.UTF8.GetBytes(Content))).MustBe(HttpStatusCode.Created);
        (await last.Client.SendAsync(HttpMethod.Get, $"/api/training/{Place}/lektion.html", null, null, ("Sec-Fetch-Dest", "document"))).MustBe(HttpStatusCode.OK);
        await LearnKeysAsync();
    }

    public void Dispose()
    {
        foreach (var journey in _journeys)
        {
            journey.Dispose();
        }
    }

    private async Task<Journey> NewAsync(string email)
    {
        var (id, code) = (await Journey.IssueAsync(app, 1))[0];
        VoucherIds.Add(id);
        _canaries.AddRange([new Canary(code), new Canary(code.Replace("-", "", StringComparison.Ordinal))]);
        var journey = new Journey(app, code, email);
        _journeys.Add(journey);
        return journey;
    }

    private async Task RegisterAsync(Journey person)
    {
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        await person.CheckAsync();
        (await person.RegisterAsync(Name)).MustBe(HttpStatusCode.Accepted);
        Secret(person.Handle);
        await app.SettleAsync();
        app.Mailbox.Failure = null;
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.RunAllTimersAsync();
        (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);
        Secret(await person.TokenAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await person.CorrectEmailAsync(Email)).MustBe(HttpStatusCode.Accepted);
        var token = await person.TokenAsync();
        Secret(token);
        (await person.Client.PostAsync("/api/activations/check", new { token })).MustBe(HttpStatusCode.OK);
        Secret(person.Handle);
        (await person.RegisterAsAsync("kanariendrei@vogelhaeuschen.example.ch")).MustBe(HttpStatusCode.Conflict, "voucher-pending");
        (await person.ActivateAsync("Kanarienvogelin99")).MustBe(HttpStatusCode.BadRequest, "password-too-weak");
    }

    private async Task LogInAsync(Journey person)
    {
        (await person.LogInAsync("wrong horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        Cookie((await person.LogInAsync()).MustBe(HttpStatusCode.OK));
        using var stranger = new Journey(app, person.Code, "kanariendrei@vogelhaeuschen.example.ch");
        (await stranger.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await stranger.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        (await person.SessionsAsync()).MustBe(HttpStatusCode.OK);
    }

    private static async Task UseDocumentsAsync(Journey person)
    {
        // Longer than a part that is sealed or written at once, and the mark at every place of it.
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{Content}\n", 100_000)));
        var kept = (await person.PutDocumentAsync(Document, content)).MustBe(HttpStatusCode.Created);
        (await person.PutDocumentAsync(Document, content[..200], kept.Headers.ETag!.Tag)).MustBe(HttpStatusCode.OK);
        (await person.PutDocumentAsync($"2 {Document}", content)).MustBe(HttpStatusCode.Created);
        (await person.PutDocumentAsync($"3 {Document}", content)).MustBe(HttpStatusCode.Created);
        (await person.RemoveDocumentAsync($"3 {Document}")).MustBe(HttpStatusCode.NoContent);
        (await person.GetDocumentAsync($"4 {Document}")).MustBe(HttpStatusCode.NotFound, "document-unknown");
        (await person.PutDocumentAsync($"{Document}.exe", content)).MustBe(HttpStatusCode.UnsupportedMediaType, "document-type-not-allowed");
        (await person.DocumentsAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal(content, (await person.GetDocumentAsync($"2 {Document}")).Bytes);
        (await person.Client.GetAsync("/api/documents.zip", bearer: null)).MustBe(HttpStatusCode.OK);
        (await person.Client.GetAsync("/api/profile/export", bearer: null)).MustBe(HttpStatusCode.OK);
    }

    private async Task LearnAsync(Journey person)
    {
        await app.Container("training").UploadBlobAsync($"{Place}/lektion.html", new BinaryData("Lektion"), TestContext.Current.CancellationToken);
        (await person.Client.SendAsync(HttpMethod.Get, $"/api/training/{Place}/lektion.html", null, null, ("Sec-Fetch-Dest", "document"))).MustBe(HttpStatusCode.OK);
        Assert.Equal($"{Place}/lektion.html", (await person.ProfileAsync()).Text("trainingPlace"));
    }

    private async Task ChangeAsync(Journey person)
    {
        (await person.ChangeProfileAsync(new { name = $"{Name} Muster", language = "de" })).MustBe(HttpStatusCode.OK);
        (await person.ChangePasswordAsync(Journey.Password, NewPassword)).MustBe(HttpStatusCode.NoContent);
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        var token = await person.TokenAsync();
        Secret(token);
        (await person.Client.PostAsync("/api/password-resets/check", new { token })).MustBe(HttpStatusCode.OK);
        (await person.CompleteResetAsync(token, Journey.Password)).MustBe(HttpStatusCode.NoContent);
        Cookie((await person.LogInAsync()).MustBe(HttpStatusCode.OK));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    /// <summary>Mistakes of people, of programs, and of the storage.</summary>
    private async Task FailAsync(Journey person)
    {
        var unknownMember = $$"""{"code":"{{person.Code}}","name":"{{Name}}","email":"{{Email}}","unknown":1}""";
        (await person.Client.SendAsync(HttpMethod.Post, "/api/registrations", HttpClientExtensions.Raw(unknownMember))).MustBe(HttpStatusCode.BadRequest, "invalid-json");
        var noLanguage = $$"""{"code":"{{person.Code}}","name":"{{Name}}","email":"{{Email}}","language":"xx"}""";
        (await person.Client.SendAsync(HttpMethod.Post, "/api/registrations", HttpClientExtensions.Raw(noLanguage))).MustBe(HttpStatusCode.BadRequest, "invalid-request");
        storage.IsBroken = true;
        (await person.LogInAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        (await person.RegisterAsync(Name)).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        (await person.GetDocumentAsync(Document)).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        storage.IsBroken = false;
    }

    /// <summary>Registrations that come to nothing: cancelled, and lapsed.</summary>
    private async Task AbandonAsync()
    {
        var cancelled = await NewAsync("kanariendrei@vogelhaeuschen.example.ch");
        (await cancelled.RegisterAsync(Name)).MustBe(HttpStatusCode.Accepted);
        Secret(cancelled.Handle);
        Secret(await cancelled.TokenAsync());
        (await cancelled.CancelAsync()).MustBe(HttpStatusCode.NoContent);
        (await cancelled.RegisterAsync(Name)).MustBe(HttpStatusCode.Accepted);
        app.Clock.Advance(TimeSpan.FromHours(25));
        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();
        Cookie((await _journeys[0].LogInAsync()).MustBe(HttpStatusCode.OK));
    }

    /// <summary>Codes as a table and as sheets to print, when they are issued and once more.</summary>
    private async Task IssueInOtherFormsAsync()
    {
        foreach (var format in (string[])["text/csv", "application/pdf"])
        {
            var key = Guid.NewGuid().ToString();
            var issued = await app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count = 2 }, app.IssuerKey, ("Idempotency-Key", key), ("Accept", format));
            Assert.Equal(format, issued.MustBe(HttpStatusCode.Created).ContentType);
            var again = (await app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count = 2 }, app.IssuerKey, ("Idempotency-Key", key))).MustBe(HttpStatusCode.OK).Json;
            foreach (var code in again["vouchers"]!.AsArray().Select(voucher => voucher!["code"]!.GetValue<string>()))
            {
                _canaries.AddRange([new Canary(code), new Canary(code.Replace("-", "", StringComparison.Ordinal))]);
            }
            var batch = again["batchId"]!.GetValue<string>();
            Assert.Equal(
                format, (await app.Client.SendAsync(HttpMethod.Get, $"/api/vouchers/batches/{batch}", null, app.IssuerKey, ("Accept", format))).MustBe(HttpStatusCode.OK).ContentType);
        }
    }

    private async Task LearnKeysAsync() => _canaries.AddRange(await CanaryKeys.OfAsync(app));

    private void Cookie(Answer answer)
    {
        Secret(answer.SessionCookie.Split('=', ';')[1]);
        Secret(answer.DeviceCookie.Split('=', ';')[1]);
    }

    /// <summary>Random enough that a plain hash of it gives nothing away.</summary>
    private void Secret(string text) => _canaries.Add(new Canary(text, CanBeGuessed: false));
}
