using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SiteTests.Server;

namespace SiteTests.Pages;

/// <summary>Addresses that programs ask for without having read a page.</summary>
public sealed class WellKnownTests(SharedServer shared)
{
    [Fact]
    public async Task A_password_manager_is_led_to_the_page_that_changes_the_password()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(shared.Server.Url) };

        using var answer = await client.GetAsync(new Uri("/.well-known/change-password", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Found, "/account"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Contains("id=\"password-form\"", await client.GetStringAsync(new Uri("/account", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finder_of_a_weakness_reads_where_to_report_it()
    {
        using var answer = await shared.Server.Http.GetAsync(new Uri("/.well-known/security.txt", UriKind.Relative), TestContext.Current.CancellationToken);

        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Site, "config.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal((HttpStatusCode.OK, "text/plain; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        Assert.Contains($"Contact: mailto:{config["contact"]!["email"]}", lines);
        var expires = DateTimeOffset.Parse(lines.Single(line => line.StartsWith("Expires: ", StringComparison.Ordinal))[9..], CultureInfo.InvariantCulture);
        Assert.Equal(DateTimeOffset.Parse($"{config["reviewedOn"]}T00:00:00Z", CultureInfo.InvariantCulture).AddYears(1), expires);
    }

    [Fact]
    public async Task An_address_that_is_not_well_known_here_is_not_found()
    {
        using var answer = await shared.Server.Http.GetAsync(new Uri("/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
