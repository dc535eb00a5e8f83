using System.Net;
using System.Text.RegularExpressions;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Storage;

/// <summary>What each request costs, in storage calls one after the other: the table of docs/storage-calls.md, exactly.</summary>
public sealed partial class StorageCallTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, Func<TestApp, Task<Answer>>> Requests = new()
    {
        ["Check a code"] = async app => await (await Journey.WithVoucherAsync(app)).CheckAsync(),
        ["Check a code that is mistyped"] = app => app.Client.PostAsync("/api/vouchers/check", new { code = "0000-0000-0000-0001" }),
        ["Check a code that belongs to no voucher"] = app => app.Client.PostAsync("/api/vouchers/check", new { code = "0000-0000-0000-0000" }),
        ["Register"] = async app => await (await Journey.WithVoucherAsync(app)).RegisterAsync(),
        ["Register for a voucher that is pending"] = async app => await (await Journey.RegisteredAsync(app)).RegisterAsAsync("other@example.ch"),
        ["Resend the activation mail"] = async app => await (await RegisteredLongAgoAsync(app)).ResendAsync(),
        ["Correct the address"] = async app => await (await Journey.RegisteredAsync(app)).CorrectEmailAsync("corrected@example.ch"),
        ["Cancel"] = async app => await (await Journey.RegisteredAsync(app)).CancelAsync(),
        ["Look whether an activation link works"] = async app => await app.Client.PostAsync("/api/activations/check", new { token = await (await Journey.RegisteredAsync(app)).TokenAsync() }),
        ["Activate"] = async app => await (await Journey.RegisteredAsync(app)).ActivateAsync(),
        ["Activate for an address that has an account"] = SecondActivationAsync,
        ["Log in"] = async app => await (await Journey.ActivatedAsync(app)).LogInAsync(),
        ["Log in with a wrong password"] = async app => await (await Journey.ActivatedAsync(app)).LogInAsync("wrong horse battery staple"),
        ["Log in with an unknown address"] = async app => await (await Journey.WithVoucherAsync(app)).LogInAsync(),
        ["Read the profile"] = async app => await (await Journey.ActivatedAsync(app)).ProfileAsync(),
        ["Read the profile a minute after the last use"] = async app => await (await ActivatedLongAgoAsync(app)).ProfileAsync(),
        ["List the sessions"] = async app => await (await Journey.ActivatedAsync(app)).SessionsAsync(),
        ["Open the training"] = app => TrainingAsync(app, "", "index.html"),
        ["Read a page of the training"] = app => TrainingAsync(app, "page.html", "page.html", "document"),
        ["Read a page of the training again"] = app => TrainingAsync(app, "page.html", "page.html", "document", "document"),
        ["Read a picture of the training"] = app => TrainingAsync(app, "a.png", "a.png", "image"),
        ["Log out"] = async app => await (await Journey.ActivatedAsync(app)).EndSessionAsync("current"),
        ["Change the name"] = async app => await (await Journey.ActivatedAsync(app)).ChangeProfileAsync(new { name = "Anna Muster" }),
        ["Change the password"] = async app => await (await Journey.ActivatedAsync(app)).ChangePasswordAsync(Journey.Password, "a new lantern over the lake"),
        ["Ask for a reset link"] = async app => await (await Journey.ActivatedAsync(app)).RequestResetAsync(),
        ["Ask for a reset link after the end"] = async app => await (await EndedAsync(app)).RequestResetAsync(),
        ["Ask for a reset link with an unknown address"] = async app => await (await Journey.WithVoucherAsync(app)).RequestResetAsync(),
        ["Look whether a reset link works"] = CheckResetAsync,
        ["Set a new password by the link"] = ResetAsync,
        ["List the documents"] = async app => await (await WithDocumentsAsync(app, 3)).DocumentsAsync(),
        ["Keep a document"] = async app => await (await WithDocumentsAsync(app, 0)).PutDocumentAsync("CV.pdf", Files.Pdf()),
        ["Keep a document of 5 MB"] = async app => await (await WithDocumentsAsync(app, 0)).PutDocumentAsync("CV.pdf", Files.Pdf(5_000_000)),
        ["Replace a document"] = ReplaceDocumentAsync,
        ["Download a document"] = async app => await (await WithDocumentsAsync(app, 1)).GetDocumentAsync("1.pdf"),
        ["Download a document of 5 MB"] = async app => await (await WithDocumentsAsync(app, 1, size: 5_000_000)).GetDocumentAsync("1.pdf"),
        ["Download three documents in one file"] = async app => await (await WithDocumentsAsync(app, 3)).Client.GetAsync("/api/documents.zip", bearer: null),
        ["Download everything about oneself"] = async app => await (await WithDocumentsAsync(app, 3)).Client.GetAsync("/api/profile/export", bearer: null),
        ["Remove a document"] = async app => await (await WithDocumentsAsync(app, 1)).RemoveDocumentAsync("1.pdf"),
        ["Erase everything"] = async app => await (await Journey.ActivatedAsync(app)).EraseAsync(),
        ["Issue one voucher"] = app => IssueAsync(app, 1, "one"),
        ["Issue the same voucher again"] = RepeatAsync,
        ["Look a voucher up"] = async app => await app.Client.GetAsync($"/api/vouchers/{(await Journey.IssueAsync(app, 1))[0].Id}", app.IssuerKey),
        ["Look a batch of 10 up"] = async app => await app.Client.GetAsync($"/api/vouchers/batches/{(await IssueAsync(app, 10, "ten")).Json["batchId"]}", app.IssuerKey),
        ["Revoke a voucher"] = async app => await app.Client.PostAsync($"/api/vouchers/{(await Journey.IssueAsync(app, 1))[0].Id}/revoke", null, app.IssuerKey),
        ["Create an office"] = app => app.Client.PostAsync("/api/issuers", new { name = "ORP" }, TestApp.AdminKey),
        ["Live"] = app => app.Client.GetAsync("/api/health", bearer: null),
        ["Ready"] = app => app.Client.GetAsync("/api/health/ready", bearer: null),
        ["A request with a forged cookie"] = app => app.Client.SendAsync(HttpMethod.Get, "/api/profile", null, headers: ("Cookie", $"session={new string('A', 70)}")),
        ["A request with a malformed key or cookie"] = app => app.Client.PostAsync("/api/vouchers", new { count = 1 }, "vf_no_key"),
    };

    public static TheoryData<string> Documented => [.. Table().Keys];

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task A_request_makes_as_many_storage_calls_as_the_table_says(string request)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await Requests[request](app);

        var calls = app.Calls.OfLastRequest;
        Assert.True(Table()[request] == calls.Count, $"{request}: {calls.Count} calls. {answer}\n{string.Join('\n', calls)}");
        Assert.True(answer.Status < HttpStatusCode.InternalServerError, answer.ToString());
    }

    [Fact]
    public void Every_request_that_is_counted_is_in_the_table()
    {
        Assert.Equal(Requests.Keys.Order(), Table().Keys.Order());
    }

    private static Dictionary<string, int> Table() => File.ReadLines(Path.Combine(Repository.Root, "docs", "storage-calls.md"))
        .Select(line => Row().Match(line))
        .Where(row => row.Success)
        .ToDictionary(row => row.Groups[1].Value, row => int.Parse(row.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<Journey> RegisteredLongAgoAsync(TestApp app)
    {
        var person = await Journey.RegisteredAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        return person;
    }

    private static async Task<Journey> ActivatedLongAgoAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        return person;
    }

    private static async Task<Journey> EndedAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(92));
        return person;
    }

    private static async Task<Answer> TrainingAsync(TestApp app, string path, string file, params string[] destinations)
    {
        var person = await Journey.ActivatedAsync(app);
        await app.Container("training").UploadBlobAsync(file, new BinaryData("content"));
        await app.Container("training").UploadBlobAsync("fr/index.html", new BinaryData("content"));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = app.Address };
        var cookie = (await person.LogInAsync()).SessionCookie.Split(';')[0];
        var answers = new List<Answer>();
        foreach (var destination in destinations.DefaultIfEmpty("document"))
        {
            answers.Add(await client.SendAsync(HttpMethod.Get, $"/api/training/{path}", null, headers: [("Cookie", cookie), ("Sec-Fetch-Dest", destination)]));
        }
        return answers[^1];
    }

    /// <summary>1.pdf, 2.pdf and so on.</summary>
    private static async Task<Journey> WithDocumentsAsync(TestApp app, int count, int size = 1000)
    {
        var person = await Journey.ActivatedAsync(app);
        for (var number = 1; number <= count; number++)
        {
            (await person.PutDocumentAsync($"{number}.pdf", Files.Pdf(size))).MustBe(HttpStatusCode.Created);
        }
        return person;
    }

    private static async Task<Answer> ReplaceDocumentAsync(TestApp app)
    {
        var person = await WithDocumentsAsync(app, 1);
        var etag = (await person.DocumentsAsync()).Json["documents"]![0]!["etag"]!.GetValue<string>();
        return await person.PutDocumentAsync("1.pdf", Files.Pdf(), etag);
    }

    private static async Task<Answer> SecondActivationAsync(TestApp app)
    {
        var second = await Journey.RegisteredAsync(app);
        var token = await second.TokenAsync();
        await Journey.ActivatedAsync(app, second.Email);
        return await second.ActivateAsync(token, Journey.Password);
    }

    private static async Task<Answer> CheckResetAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        await person.RequestResetAsync();
        return await app.Client.PostAsync("/api/password-resets/check", new { token = await person.TokenAsync() });
    }

    private static async Task<Answer> ResetAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        await person.RequestResetAsync();
        return await person.CompleteResetAsync(await person.TokenAsync(), "a new lantern over the lake");
    }

    private static async Task<Answer> RepeatAsync(TestApp app)
    {
        await IssueAsync(app, 1, "same");
        return await IssueAsync(app, 1, "same");
    }

    private static Task<Answer> IssueAsync(TestApp app, int count, string key) =>
        app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count }, app.IssuerKey, ("Idempotency-Key", key));

    [GeneratedRegex(@"^\| ([^|]+?) +\| +([0-9]+) \|")]
    private static partial Regex Row();
}
