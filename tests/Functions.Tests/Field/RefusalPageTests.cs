using System.Net;
using System.Text.Json;
using Azure.Core;
using Microsoft.AspNetCore.Routing;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>A person who opens a course or a document in the browser and may not, reads why and what to do.</summary>
public sealed class RefusalPageTests(AzuriteFixture azurite)
{
    private const string Site = "http://localhost:4280";
    private static readonly (string, string)[] Opened = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Sec-Fetch-Dest", "document"), ("Accept-Language", "de-CH")];

    public static TheoryData<string, string> AcceptHeaders => Corpus.Read("accept-headers.tsv");

    public static TheoryData<string, string> AcceptLanguages => Corpus.Read("accept-languages.tsv");

    [Theory]
    [InlineData("/api/training/fr/2.html", "/login?next=%2Fapi%2Ftraining%2Ffr%2F2.html")]
    [InlineData("/api/training", "/login?next=%2Fapi%2Ftraining")]
    [InlineData("/api/training/fr/Le%C3%A7on%201/", "/login?next=%2Fapi%2Ftraining%2Ffr%2FLe%25C3%25A7on%25201%2F")]
    [InlineData("/api/training/fr/2.html?next=//example.com/", "/login?next=%2Fapi%2Ftraining%2Ffr%2F2.html")]
    [InlineData("/api/documents/CV.pdf", "/login?next=%2Fdocuments")]
    [InlineData("/api/documents.zip", "/login?next=%2Fdocuments")]
    [InlineData("/api/profile/export", "/login?next=%2Faccount")]
    public async Task Somebody_without_a_session_is_led_to_the_log_in_and_back(string path, string logIn)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var page = await OpenAsync(app.Client, path);

        AssertPage(page, HttpStatusCode.Unauthorized, "Melden Sie sich an", logIn);
    }

    [Theory]
    [InlineData("/api/training/fr/")]
    [InlineData("/api/documents/CV.pdf")]
    [InlineData("/api/documents.zip")]
    [InlineData("/api/profile/export")]
    public async Task Somebody_whose_access_ended_reads_it_on_a_page(string path)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T22:59:00Z");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo("2027-02-20T23:00:00Z");

        var page = await OpenAsync(person.Client, path);

        AssertPage(page, HttpStatusCode.Forbidden, "Ihr Zugang ist abgelaufen", "/");
    }

    [Theory]
    [InlineData("/api/training/nothing.html", "Diese Seite gibt es nicht", "/training")]
    [InlineData("/api/training/.hidden", "Diese Seite gibt es nicht", "/training")]
    [InlineData("/api/training/%3Cscript%3Ealert(1)%3C/script%3E", "Diese Seite gibt es nicht", "/training")]
    [InlineData("/api/documents/nothing.pdf", "Dieses Dokument ist nicht mehr hier", "/documents")]
    [InlineData("/api/documents/no-name-of-a-document", "Dieses Dokument ist nicht mehr hier", "/documents")]
    public async Task Somebody_who_opens_what_is_not_there_is_led_to_what_is(string path, string title, string next)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var page = await OpenAsync(person.Client, path);

        AssertPage(page, HttpStatusCode.NotFound, title, next);
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/api/training/fr/2.html")]
    [InlineData("/api/documents/CV.pdf")]
    [InlineData("/api/documents.zip")]
    [InlineData("/api/profile/export")]
    public async Task While_the_storage_is_away_the_page_says_that_nothing_is_lost_and_how_to_try_again(string path)
    {
        var storage = new UnreachableStorage(_ => true);
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.Hurry().AddPolicy(storage, HttpPipelinePosition.PerRetry));
        using var person = await Journey.ActivatedAsync(app);
        storage.IsAway = true;

        var page = await OpenAsync(person.Client, path);

        AssertPage(page, HttpStatusCode.ServiceUnavailable, "Dienst nicht verfügbar", path);
        Assert.Contains("Nichts ist verloren", page.Body, StringComparison.Ordinal);
        Assert.Equal(5, page.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task A_damaged_document_is_told_on_a_page()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        (await person.PutDocumentAsync("CV.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);
        await foreach (var blob in app.Container("documents").GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            await app.Container("documents").DeleteBlobAsync(blob.Name, cancellationToken: TestContext.Current.CancellationToken);
        }

        var page = await OpenAsync(person.Client, "/api/documents/CV.pdf");

        AssertPage(page, HttpStatusCode.InternalServerError, "Dieses Dokument lässt sich nicht öffnen", "/documents");
    }

    [Theory]
    [MemberData(nameof(AcceptHeaders))]
    public async Task People_get_a_page_and_programs_their_problem_document(string headers, string expected)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var (accept, destination) = (headers.Split(" | ")[0], headers.Split(" | ")[1]);
        (string, string)[] sent = [.. new[] { ("Accept", accept), ("Sec-Fetch-Dest", destination) }.Where(header => header.Item2.Length > 0)];

        var answer = await app.Client.SendAsync(HttpMethod.Get, "/api/training/fr/", null, null, sent);

        Assert.Equal((HttpStatusCode.Unauthorized, expected == "page" ? "text/html" : "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(["Accept", "Accept-Language", "Sec-Fetch-Dest"], answer.Headers.Vary);
        if (expected == "problem")
        {
            Assert.Equal("""{"status":401,"title":"Nobody is signed in.","code":"session-required"}""", answer.Body);
            Assert.False(answer.ContentHeaders.ContentLanguage.Count > 0);
        }
    }

    [Theory]
    [MemberData(nameof(AcceptLanguages))]
    public async Task The_page_speaks_the_language_of_the_browser(string accepted, string language)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var page = await app.Client.SendAsync(
            HttpMethod.Get, "/api/training/", null, null, [("Sec-Fetch-Dest", "document"), .. accepted.Length > 0 ? new[] { ("Accept-Language", accepted) } : []]);

        using var texts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "site", "messages", $"{language}.json"), TestContext.Current.CancellationToken));
        Assert.Equal([language], page.ContentHeaders.ContentLanguage);
        Assert.Contains($"<html lang=\"{language}\">", page.Body, StringComparison.Ordinal);
        var shown = WebUtility.HtmlDecode(page.Body);
        foreach (var key in (string[])["problem.session-required.title", "login.needed", "action.login"])
        {
            Assert.Contains($">{texts.RootElement.GetProperty(key).GetString()}</", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_may_do_nothing_but_look_like_the_site()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var page = await OpenAsync(app.Client, "/api/training/");

        Assert.Equal(
            $"default-src 'none'; style-src {Site}; form-action 'none'; frame-ancestors 'self'; base-uri 'none'",
            page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
    }

    /// <summary>A new call of this kind cannot forget it.</summary>
    [Fact]
    public void Every_file_that_a_person_can_open_is_refused_with_a_page()
    {
        var files = RouteTable.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<AccessMetadata>()?.Requires == Requires.Session)
            .Where(endpoint => endpoint.Metadata.GetMetadata<FileFormatsMetadata>() is not null)
            .ToList();

        Assert.Equal(4, files.Count);
        Assert.All(files, file => Assert.NotNull(file.Metadata.GetMetadata<RefusalPageMetadata>()));
    }

    private static Task<Answer> OpenAsync(HttpClient client, string path) => client.SendAsync(HttpMethod.Get, path, null, null, Opened);

    private static void AssertPage(Answer page, HttpStatusCode status, string title, string next)
    {
        Assert.True((status, "text/html") == (page.Status, page.ContentType), page.ToString());
        Assert.Contains($"<h1>{title}</h1>", page.Body, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Site}{next}\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"de\">", page.Body, StringComparison.Ordinal);
    }
}
