using System.Net;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Contract;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class OriginTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:4280.evil.example")]
    [InlineData("http://localhost:42800")]
    [InlineData("https://localhost:4280")]
    [InlineData("http://LOCALHOST:4280/")]
    [InlineData("null")]
    public async Task Another_website_changes_nothing(string origin)
    {
        await using var surface = await Surface.OpenAsync(azurite);
        var complaints = new List<string?>();

        foreach (var call in surface.Calls.Where(call => call.Method != "GET"))
        {
            var writes = surface.App.Calls.Writes;
            var body = call.Body is null ? null : HttpClientExtensions.Raw(call.GoodBody.ToJsonString());
            var answer = await surface.SendAsync(call, body, headers: ("Origin", origin));
            complaints.Add(answer.Code == "origin-not-allowed" ? surface.Complain(call, origin, answer, writes) : $"{call}: {answer}");
        }

        Surface.AssertNone(complaints);
    }

    [Theory]
    [InlineData("http://localhost:4280")]
    [InlineData("https://kurs.example.ch")]
    public async Task The_site_and_the_origins_of_the_settings_may_change_something(string origin)
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings["Site:AllowedOrigins"] = "https://other.example.ch, https://kurs.example.ch");
        using var person = await Journey.WithVoucherAsync(app);

        var answer = await app.Client.SendAsync(HttpMethod.Post, "/api/vouchers/check", new { code = person.Code }, headers: ("Origin", origin));

        answer.MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Asking_changes_nothing_wherever_it_comes_from()
    {
        await using var surface = await Surface.OpenAsync(azurite);
        var complaints = new List<string>();

        foreach (var call in surface.Calls.Where(call => call.Method == "GET"))
        {
            foreach (var method in (string[])["GET", "HEAD"])
            {
                var writes = surface.App.Calls.Writes;
                var answer = await surface.SendAsync(call with { Method = method }, null, headers: ("Origin", "https://evil.example"));
                if (surface.App.Calls.Writes != writes || answer.Status >= HttpStatusCode.InternalServerError || answer.Headers.Contains("Access-Control-Allow-Origin"))
                {
                    complaints.Add($"{method} {call.Path}: {answer}");
                }
            }
        }

        Surface.AssertNone(complaints);
    }
}
