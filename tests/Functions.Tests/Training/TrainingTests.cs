using System.Net;
using System.Security.Cryptography;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Training;

public sealed class TrainingTests(AzuriteFixture azurite)
{
    private const string LastSecond = "2027-02-20T22:59:59Z";
    private const string End = "2027-02-20T23:00:00Z";
    private const int LongestPart = 4 * 1024 * 1024;

    [Theory]
    [InlineData("index.html", "text/html; charset=utf-8")]
    [InlineData("Lektion 1/Übung.HTM", "text/html; charset=utf-8")]
    [InlineData("a.css", "text/css; charset=utf-8")]
    [InlineData("a.mjs", "text/javascript; charset=utf-8")]
    [InlineData("data/a.json", "application/json")]
    [InlineData("a.svg", "image/svg+xml")]
    [InlineData("a.JPG", "image/jpeg")]
    [InlineData("a.mp4", "video/mp4")]
    [InlineData("a.vtt", "text/vtt; charset=utf-8")]
    [InlineData("a.pdf", "application/pdf")]
    [InlineData("a.exe", "application/vnd.microsoft.portable-executable")]
    [InlineData("a.unknown", "application/octet-stream")]
    [InlineData("html", "application/octet-stream")]
    public async Task A_file_is_served_whole_with_the_type_of_its_name(string name, string contentType)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = RandomNumberGenerator.GetBytes(100_000);
        await Course.PutAsync(app, name, content);

        var answer = await person.GetAsync($"/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}");

        answer.MustBe(HttpStatusCode.OK);
        Assert.Equal(content, answer.Bytes);
        Assert.Equal(contentType, answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-cache, private", string.Join(", ", answer.Headers.GetValues("Cache-Control").SelectMany(value => value.Split(", ")).Order()));
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/nothing")]
    public async Task Who_has_no_session_learns_nothing(string path)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var stranger = await Journey.RegisteredAsync(app);
        await Course.PutAsync(app, "index.html", "<h1>Course</h1>");

        (await stranger.GetAsync(path)).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task At_the_very_second_of_the_end_it_is_over_in_mid_session_and_for_what_the_browser_has_kept()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "<h1>Course</h1>");
        app.MoveTo(LastSecond);
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        var version = (await person.GetAsync("/index.html")).MustBe(HttpStatusCode.OK).Headers.ETag!.ToString();
        app.MoveTo(End);

        (await person.GetAsync("/index.html")).MustBe(HttpStatusCode.Forbidden, "account-expired");
        (await person.GetAsync("/index.html", ("If-None-Match", version))).MustBe(HttpStatusCode.Forbidden, "account-expired");
        (await person.GetAsync("/index.html", ("Range", "bytes=0-3"))).MustBe(HttpStatusCode.Forbidden, "account-expired");
        (await person.GetAsync("/nothing")).MustBe(HttpStatusCode.Forbidden, "account-expired");
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again_until_it_has_changed()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "a.css", "one");
        var version = (await person.GetAsync("/a.css")).Headers.ETag!.ToString();

        var same = await person.GetAsync("/a.css", ("If-None-Match", version));
        await app.Container("training").GetBlobClient("a.css").DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Course.PutAsync(app, "a.css", "two");
        var changed = await person.GetAsync("/a.css", ("If-None-Match", version));

        Assert.Equal((HttpStatusCode.NotModified, "", version), (same.Status, same.Body, same.Headers.ETag!.ToString()));
        Assert.Equal("two", changed.MustBe(HttpStatusCode.OK).Body);
    }

    [Theory]
    [InlineData("bytes=0-3", 0, 4)]
    [InlineData("bytes=5-5", 5, 1)]
    [InlineData("bytes=0-", 0, LongestPart)]
    [InlineData("bytes=0-99999999", 0, LongestPart)]
    [InlineData("bytes=5000000-", 5_000_000, 5_000_000 - LongestPart)]
    public async Task A_player_gets_the_part_that_it_asks_for_in_bearable_portions(string range, int from, int length)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var film = RandomNumberGenerator.GetBytes((2 * 5_000_000) - LongestPart);
        await Course.PutAsync(app, "film.mp4", film);

        var answer = await person.GetAsync("/film.mp4", ("Range", range));

        answer.MustBe(HttpStatusCode.PartialContent);
        Assert.Equal(film[from..(from + length)], answer.Bytes);
        Assert.Equal($"bytes {from}-{from + length - 1}/{film.Length}", answer.ContentHeaders.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=99-", null)]
    [InlineData("bytes=-3", null)]
    [InlineData("bytes=0-1,4-5", null)]
    [InlineData("lines=0-1", null)]
    [InlineData("bytes=0-1", "\"another\"")]
    [InlineData("bytes=0-1", "Sun, 22 Nov 2026 10:00:00 GMT")]
    public async Task A_part_that_cannot_be_given_is_answered_with_the_whole(string range, string? ifRange)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "film.mp4", "0123456789");

        var answer = await person.GetAsync("/film.mp4", ifRange is null ? [("Range", range)] : [("Range", range), ("If-Range", ifRange)]);

        Assert.Equal("0123456789", answer.MustBe(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task A_part_of_the_version_that_the_player_knows_is_given()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "film.mp4", "0123456789");
        var version = (await person.GetAsync("/film.mp4")).Headers.ETag!.ToString();

        var answer = await person.GetAsync("/film.mp4", ("Range", "bytes=2-4"), ("If-Range", version));

        Assert.Equal("234", answer.MustBe(HttpStatusCode.PartialContent).Body);
    }

    [Fact]
    public async Task A_page_may_run_its_own_scripts_and_reach_nothing_but_the_training()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "<h1>Course</h1>");

        var policy = (await person.GetAsync("/index.html")).Headers.GetValues("Content-Security-Policy").Single().Split("; ");

        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src http://localhost:4280/api/training/ 'unsafe-inline'", policy);
        Assert.Contains("connect-src http://localhost:4280/api/training/", policy);
        Assert.Contains("form-action 'none'", policy);
        Assert.Contains("worker-src 'none'", policy);
        Assert.DoesNotContain(policy, directive => directive.Contains("allow-popups", StringComparison.Ordinal) || directive.Contains('*', StringComparison.Ordinal));
    }
}
