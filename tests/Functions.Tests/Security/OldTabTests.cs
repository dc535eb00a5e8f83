using System.Net;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Contract;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Security;

/// <summary>Two people share a browser. A page that still shows the first must not act on the account of the second.</summary>
public sealed class OldTabTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_old_tab_does_nothing_to_the_person_who_logged_in_beside_it()
    {
        await using var surface = await Surface.OpenAsync(azurite);
        var complaints = new List<string?>();
        // Past the time after which a session notes that it was used.
        surface.App.Clock.Advance(TimeSpan.FromMinutes(10));

        foreach (var call in surface.Calls.Where(call => call.Requires == Requires.Session))
        {
            var writes = surface.App.Calls.Writes;
            var body = call.Body is null ? null : HttpClientExtensions.Raw(call.GoodBody.ToJsonString());
            var answer = await surface.SendAsync(call, body, headers: ("X-Account", "3v7m2k9c1w8x4e5r"));
            complaints.Add(answer.Code == "other-account" ? surface.Complain(call, "another account", answer, writes) : $"{call}: {answer}");
        }

        Surface.AssertNone(complaints);
    }

    [Theory]
    [InlineData("{own}", true, "as the profile says")]
    [InlineData(" {own} ", true, "spaces around a header's value are none of it")]
    [InlineData("{other}", false, "of the person before")]
    [InlineData("", false, "a page that knows nobody")]
    [InlineData("*", false, "no account is called so")]
    [InlineData("{own}x", false, "longer")]
    [InlineData("{OWN}", false, "in capitals")]
    [InlineData("{own}, {other}", false, "two")]
    public async Task A_page_acts_only_on_the_account_that_it_shows(string account, bool isAccepted, string because)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var anne = await Journey.ActivatedAsync(app);
        using var beat = await Journey.ActivatedAsync(app);
        var (own, other) = ((await beat.ProfileAsync()).Text("accountId"), (await anne.ProfileAsync()).Text("accountId"));
        account = account.Replace("{own}", own, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal)
            .Replace("{OWN}", own.ToUpperInvariant(), StringComparison.Ordinal);

        var answer = await beat.Client.SendAsync(HttpMethod.Patch, "/api/profile", new { name = "Somebody Else" }, headers: ("X-Account", account));

        answer.MustBe(isAccepted ? HttpStatusCode.OK : HttpStatusCode.Conflict, isAccepted ? null : "other-account");
        Assert.True((await beat.ProfileAsync()).Text("name") == "Somebody Else" == isAccepted, because);
    }

    [Fact]
    public async Task Logging_out_works_from_an_old_tab_too()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var answer = await person.Client.SendAsync(HttpMethod.Delete, "/api/sessions/current", null, headers: ("X-Account", "3v7m2k9c1w8x4e5r"));

        answer.MustBe(HttpStatusCode.NoContent);
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Theory]
    [InlineData("PUT", null, "nothing said")]
    [InlineData("PUT", "*", "whatever is there")]
    [InlineData("PUT", "*, \"0\"", "whatever is there, among others")]
    [InlineData("PUT", "CV.pdf", "not an entity tag")]
    [InlineData("DELETE", null, "nothing said")]
    [InlineData("DELETE", "*", "whatever is there")]
    [InlineData("DELETE", "\"0\", *", "whatever is there, among others")]
    [InlineData("DELETE", "", "empty")]
    public async Task A_document_goes_only_when_its_very_content_is_named(string method, string? ifMatch, string because)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.PutDocumentAsync("CV.pdf", Files.Pdf(seed: 1));
        (string, string)[] headers = ifMatch is null ? [] : [("If-Match", ifMatch)];

        var answer = await person.Client.SendAsync(
            new HttpMethod(method), "/api/documents/CV.pdf", method == "PUT" ? new ByteArrayContent(Files.Pdf(seed: 2)) : null, headers: headers);

        answer.MustBe(HttpStatusCode.PreconditionRequired, "condition-missing");
        Assert.True((await person.GetDocumentAsync("CV.pdf")).Bytes.SequenceEqual(Files.Pdf(seed: 1)), because);
    }

    [Fact]
    public async Task A_document_that_was_replaced_meanwhile_is_not_deleted()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var elsewhere = person.Elsewhere();
        (await elsewhere.LogInAsync()).MustBe(HttpStatusCode.OK);
        var first = (await person.PutDocumentAsync("CV.pdf", Files.Pdf(seed: 1))).Headers.ETag!.Tag;
        (await elsewhere.PutDocumentAsync("CV.pdf", Files.Pdf(seed: 2), first)).MustBe(HttpStatusCode.OK);

        (await person.RemoveDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.PreconditionFailed, "document-changed");

        Assert.Equal(Files.Pdf(seed: 2), (await person.GetDocumentAsync("CV.pdf")).Bytes);
    }
}
