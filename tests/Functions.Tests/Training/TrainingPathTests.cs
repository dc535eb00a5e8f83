using System.Net;
using System.Net.Sockets;
using System.Text;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Training;

public sealed class TrainingPathTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("", "/api/training/")]
    [InlineData("/", "/api/training/fr/")]
    [InlineData("/fr", "/api/training/fr/")]
    [InlineData("/fr/Le%C3%A7on%201", "/api/training/fr/Le%C3%A7on%201/")]
    public async Task The_start_leads_to_the_persons_language_and_a_folder_to_its_slash(string path, string location)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");
        await Course.PutAsync(app, "fr/index.html", "départ");
        await Course.PutAsync(app, "fr/Leçon 1/index.html", "leçon");
        var head = await RawGetAsync(app, $"/api/training{path}", person);

        Assert.StartsWith("HTTP/1.1 302", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: {location}\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_course_in_one_language_starts_at_its_start()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");

        Assert.Equal("start", (await person.GetAsync("")).MustBe(HttpStatusCode.OK).Body);
        Assert.Equal("start", (await person.GetAsync("/")).MustBe(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task Where_nothing_is_there_is_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        Assert.All(["/", "/de/", "/de", "/a.html", "/a/b/c"], path => Assert.Equal("not-found", person.GetAsync(path).GetAwaiter().GetResult().Code));
    }

    /// <summary>Sent as written: an HTTP client would straighten most of these out itself.</summary>
    [Theory]
    [InlineData("/api/training/../training/index.html")]
    [InlineData("/api/training/x/../index.html")]
    [InlineData("/api/training/%2e%2e/training/index.html")]
    [InlineData("/api/training/..%2fDOCUMENTS/secret.txt")]
    [InlineData("/api/training/..%2F..%2fdevstoreaccount1%2FDOCUMENTS%2Fsecret.txt")]
    [InlineData("/api/training/..%5cDOCUMENTS%5csecret.txt")]
    [InlineData("/api/training/..%5Cprofile")]
    [InlineData("/api/training/..%5C..%5Capi%5Cprofile")]
    [InlineData("/api/training/..\\profile")]
    [InlineData("/api/training/%2e%2e%2fprofile")]
    [InlineData("/api/training/../profile")]
    [InlineData("/api/%74raining/..%5Cprofile")]
    [InlineData("/api/training%2F..%5Cprofile")]
    [InlineData("/api/training/%252e%252e%255Cprofile")]
    [InlineData("/api/training//index.html")]
    [InlineData("/api/training/./index.html")]
    [InlineData("/api/training/.git/config")]
    [InlineData("/api/training/index.html%00")]
    [InlineData("/api/training/index.html%20")]
    [InlineData("/api/training/index.html%2f")]
    [InlineData("/api/training/%252e%252e/DOCUMENTS/secret.txt")]
    [InlineData("/api/training/https://example.ch/")]
    public async Task No_path_leads_anywhere_else(string path)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");
        await Course.PutAsync(app, ".git/config", "hidden");
        var documents = app.Container("documents");
        await documents.UploadBlobAsync("secret.txt", new BinaryData("secret"), TestContext.Current.CancellationToken);

        var answer = await RawGetAsync(app, path.Replace("DOCUMENTS", documents.Name, StringComparison.Ordinal), person);

        Assert.Matches("^HTTP/1.1 (404 Not Found|400 Bad Request)\r\n", answer);
    }

    /// <summary>What the Functions host makes of a detour looks like an honest request; the platform in front of it says what was sent.</summary>
    [Theory]
    [InlineData("X-MS-Original-Url", "https://kurs.example.ch/api/training/..%5Cprofile")]
    [InlineData("X-Original-URL", "/api/training/x%2F..%2F..%2Fprofile")]
    [InlineData("X-WAWS-Unencoded-URL", "/API/Training/%2e%2e\\profile")]
    [InlineData("X-WAWS-Unencoded-URL", "/api/%74raining/..%5Cprofile")]
    [InlineData("X-Original-URL", "/%61pi/training%2F..%5Cprofile")]
    [InlineData("X-Original-URL", "/api/training/%252e%252e/profile")]
    public async Task A_course_cannot_ask_for_the_profile_by_a_detour(string header, string url)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.Client.SendAsync(HttpMethod.Get, "/api/profile", null, null, (header, url))).MustBe(HttpStatusCode.NotFound, "not-found");
        (await person.Client.SendAsync(HttpMethod.Get, "/api/profile", null, null, (header, "/api/profile"))).MustBe(HttpStatusCode.OK);
    }

    private static async Task<string> RawGetAsync(TestApp app, string target, Journey person)
    {
        var cookie = (await person.LogInAsync()).MustBe(HttpStatusCode.OK).SessionCookie.Split(';')[0];
        using var socket = new TcpClient();
        await socket.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var request = $"GET {target} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
