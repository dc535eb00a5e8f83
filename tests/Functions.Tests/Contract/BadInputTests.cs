using System.Net;
using Microsoft.AspNetCore.Http;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class BadInputTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Kinds => [.. BadBodies.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_endpoint_refuses_a_bad_body_and_writes_nothing(string kind)
    {
        await using var surface = await Surface.OpenAsync(azurite);
        var complaints = new List<string?>();
        var sent = 0;

        foreach (var call in surface.WithBody)
        {
            foreach (var (index, content) in BadBodies.All[kind](call).Index())
            {
                var writes = surface.App.Calls.Writes;
                var answer = await surface.SendAsync(call, content);
                complaints.Add(surface.Complain(call, $"{kind} ({index})", answer, writes));
                sent++;
            }
        }

        Assert.True(sent > 0, "No body was sent.");
        Surface.AssertNone(complaints);
    }

    [Fact]
    public async Task Every_endpoint_takes_the_body_from_which_the_bad_ones_are_made()
    {
        await using var surface = await Surface.OpenAsync(azurite);
        var complaints = new List<string?>();

        foreach (var call in surface.WithBody)
        {
            var answer = await surface.SendAsync(call, HttpClientExtensions.Raw(call.GoodBody.ToJsonString()));
            if (answer.Code is "invalid-request" or "invalid-json" or "voucher-code-mistyped" or "idempotency-key-missing")
            {
                complaints.Add($"{call}: {answer}");
            }
        }

        Surface.AssertNone(complaints);
    }

    [Theory]
    [InlineData("%0d%0aSet-Cookie:a=b")]
    [InlineData("%ED%A0%80")]
    [InlineData("%FF")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("%2e%2e%5c..")]
    [InlineData("a%2Fb")]
    [InlineData("'%20or%20'1'%20eq%20'1")]
    [InlineData("%23%3F%25")]
    [InlineData("TOO-LONG")]
    public async Task An_id_that_is_none_names_nothing_and_writes_nothing(string id)
    {
        await using var surface = await Surface.OpenAsync(azurite);
        var complaints = new List<string?>();
        var bad = id == "TOO-LONG" ? new string('a', 3000) : id;

        foreach (var call in surface.Calls.Where(call => call.Template.Contains('{', StringComparison.Ordinal)))
        {
            var writes = surface.App.Calls.Writes;
            var answer = await surface.SendAsync(call, null, Surface.PathOf(call.Template, bad));
            var isEnded = call is { Method: "DELETE", Template: "/api/sessions/{id}" } && answer.Status == HttpStatusCode.NoContent;
            complaints.Add(isEnded && surface.App.Calls.Writes == writes ? null : surface.Complain(call, id, answer, writes));
        }

        Surface.AssertNone(complaints);
    }

    [Fact]
    public async Task Every_endpoint_that_requires_a_key_or_a_session_refuses_whoever_has_none()
    {
        await using var surface = await Surface.OpenAsync(azurite);
        using var stranger = surface.App.NewClient();
        var complaints = new List<string?>();

        foreach (var call in surface.Calls.Where(call => call.Requires is not null))
        {
            var writes = surface.App.Calls.Writes;
            var answer = await stranger.SendAsync(new HttpMethod(call.Method), call.Path, call.Body is null ? null : HttpClientExtensions.Raw(call.GoodBody.ToJsonString()));
            var expected = call.Requires == Requires.Session ? "session-required" : "key-required";
            complaints.Add(answer.Code == expected ? surface.Complain(call, "no credentials", answer, writes) : $"{call}: {answer}");
        }

        Surface.AssertNone(complaints);
    }

    [Fact]
    public async Task Every_method_that_a_path_does_not_have_is_refused()
    {
        await using var surface = await Surface.OpenAsync(azurite);
        var complaints = new List<string?>();

        foreach (var path in surface.Calls.GroupBy(call => call.Path))
        {
            foreach (var method in (string[])["PUT", "TRACE", "OPTIONS", "POST", "DELETE", "PATCH"])
            {
                if (path.Any(call => HttpMethods.Equals(call.Method, method)) || OtherTemplateHas(surface, path.Key, method))
                {
                    continue;
                }
                var writes = surface.App.Calls.Writes;
                var call = path.First() with { Method = method };
                var answer = await surface.SendAsync(call, null);
                complaints.Add(answer.Code == "method-not-allowed" ? surface.Complain(call, method, answer, writes) : $"{call}: {answer}");
            }
        }

        Surface.AssertNone(complaints);
    }

    [Theory]
    [InlineData("at=yesterday")]
    [InlineData("at=")]
    [InlineData("at=9999-12-31T23:59:59.9999999Z")]
    [InlineData("at=9999-12-31T23:59:59%2B14:00")]
    [InlineData("at=0001-01-01T00:00:00%2B14:00")]
    [InlineData("at=%00")]
    [InlineData("at=2026-11-22&at=2026-11-23")]
    public async Task The_outlook_refuses_what_is_no_instant(string query)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await app.Client.GetAsync($"/api/lifecycle/outlook?{query}", TestApp.AdminKey);

        Assert.True(answer is { Status: HttpStatusCode.BadRequest, Code: "invalid-request" }, answer.ToString());
    }

    /// <summary>/api/vouchers/check also matches /api/vouchers/{id}.</summary>
    private static bool OtherTemplateHas(Surface surface, string path, string method) => surface.Calls.Any(call =>
        call.Method == method
        && call.Template.Split('/') is { } template
        && path.Split('/') is { } segments
        && template.Length == segments.Length
        && template.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second));
}
