using System.Net;
using Azure.Core;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Contract;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class HeaderTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["Cache-Control"] = "no-store",
        ["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
        ["Referrer-Policy"] = "no-referrer",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
    };

    [Fact]
    public async Task Every_answer_of_every_endpoint_carries_the_security_headers()
    {
        await using var surface = await Surface.OpenAsync(azurite);
        using var stranger = surface.App.NewClient();

        foreach (var call in surface.Calls)
        {
            AssertHeaders($"{call}", await surface.SendAsync(call, null));
            AssertHeaders($"{call} as a stranger", await stranger.SendAsync(new HttpMethod(call.Method), call.Path, null));
            AssertHeaders($"{call} with a bad body", await surface.SendAsync(call, HttpClientExtensions.Raw("{")));
        }
    }

    [Fact]
    public async Task Answers_that_no_endpoint_gives_carry_the_security_headers()
    {
        var storage = new BrokenStorage();
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = client => client.AddPolicy(storage, HttpPipelinePosition.PerCall));

        AssertHeaders("unknown path", (await app.Client.GetAsync("/api/nothing", bearer: null)).MustBe(HttpStatusCode.NotFound, "not-found"));
        AssertHeaders("root", (await app.Client.GetAsync("/", bearer: null)).MustBe(HttpStatusCode.NotFound, "not-found"));
        AssertHeaders("wrong method", (await app.Client.GetAsync("/api/registrations", bearer: null)).MustBe(HttpStatusCode.MethodNotAllowed, "method-not-allowed"));
        AssertHeaders("too large", (await app.Client.SendAsync(HttpMethod.Post, "/api/nothing", HttpClientExtensions.Raw(new string(' ', 70_000)))).MustBe(HttpStatusCode.RequestEntityTooLarge, "body-too-large"));
        storage.IsBroken = true;
        AssertHeaders("no storage", (await app.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable"));
    }

    [Fact]
    public async Task A_site_on_https_is_never_asked_for_over_http_again()
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings["Site:Origin"] = "https://kurs.example.ch");

        var answer = await app.Client.GetAsync("/api/health", bearer: null);

        Assert.Equal("max-age=63072000; includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task A_site_on_localhost_says_nothing_of_https()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await app.Client.GetAsync("/api/health", bearer: null);

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    private static void AssertHeaders(string what, Answer answer)
    {
        foreach (var (name, value) in Expected)
        {
            var found = answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "nothing";
            Assert.True(found == value, $"{what}: {name} is {found}. {answer}");
        }
        Assert.False(answer.Headers.Contains("Server"), what);
    }
}
