using System.Net;
using Azure.Core;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>The access ends at 2027-02-20T23:00:00Z, and with it that to every document, at that very second and in mid-session.</summary>
public sealed class DocumentAccessTests(AzuriteFixture azurite)
{
    public static TheoryData<string, string> Routes => new()
    {
        { "GET", "/api/documents" },
        { "GET", "/api/documents/CV.pdf" },
        { "PUT", "/api/documents/CV.pdf" },
        { "DELETE", "/api/documents/CV.pdf" },
        { "GET", "/api/documents.zip" },
        { "GET", "/api/profile/export" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_route_is_open_until_the_last_second_and_then_closed(string method, string path)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T22:30:00Z");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        await person.PutDocumentAsync("CV.pdf", Files.Pdf());

        app.MoveTo("2027-02-20T22:59:59.999Z");
        var open = await CallAsync(person, method, path);
        app.MoveTo("2027-02-20T23:00:00Z");
        var closed = await CallAsync(person, method, path);

        Assert.True(open.Status < HttpStatusCode.BadRequest || open.Code is "document-exists" or "document-changed", open.ToString());
        closed.MustBe(HttpStatusCode.Forbidden, "account-expired");
    }

    [Fact]
    public async Task An_upload_that_is_under_way_at_the_end_is_not_kept()
    {
        TestApp? moved = null;
        var ends = new Interruption(RequestMethod.Put, "documents", () => Task.Run(() => moved!.MoveTo("2027-02-20T23:00:00Z")));
        await using var app = moved = await TestApp.StartAsync(azurite, options => options.Blobs = blobs => blobs.AddPolicy(ends, HttpPipelinePosition.PerCall));
        using var person = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-20T22:59:59Z");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);

        var answer = await person.PutDocumentAsync("CV.pdf", Files.Pdf());

        Assert.True(ends.HasHappened);
        answer.MustBe(HttpStatusCode.Forbidden, "account-expired");
        Assert.Empty(await BlobNames.OfAsync(app));
        Assert.Equal(0, (await Stored.TotalsAsync(app, person)).Count);
    }

    private static Task<Answer> CallAsync(Journey person, string method, string path) => person.Client.SendAsync(
        new HttpMethod(method), path, method == "PUT" ? new ByteArrayContent(Files.Pdf()) : null, headers: method switch
        {
            "PUT" => [("If-None-Match", "*")],
            "DELETE" => [("If-Match", "\"another\"")],
            _ => [],
        });
}
