using System.Net;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The course and the proofs of erasure, by the published app: their answers and their storage calls are of kinds of their own.</summary>
public sealed class TrainingTests(AzuriteFixture azurite, PublishedFixture published)
{
    private const string Password = "correct horse battery staple";

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_course_is_served_whole_in_part_and_not_again_and_the_place_is_remembered(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        using var client = await ActivatedAsync(app);
        await app.Container("training").UploadBlobAsync("de/index.html", new BinaryData("0123456789"), TestContext.Current.CancellationToken);

        var whole = await ExpectAsync(app, HttpStatusCode.OK, client.SendAsync(HttpMethod.Get, "/api/training/", null, null, ("Sec-Fetch-Dest", "document")));
        var part = await ExpectAsync(app, HttpStatusCode.PartialContent, client.SendAsync(HttpMethod.Get, "/api/training/de/", null, null, ("Range", "bytes=2-4")));
        await ExpectAsync(app, HttpStatusCode.OK, client.SendAsync(HttpMethod.Get, "/api/training/de/", null, null, ("Range", "bytes=99-")));
        await ExpectAsync(app, HttpStatusCode.NotModified, client.SendAsync(HttpMethod.Get, "/api/training/de/", null, null, ("If-None-Match", whole.Headers.ETag!.ToString())));
        await ExpectAsync(app, HttpStatusCode.NotFound, client.GetAsync("/api/training/nothing", bearer: null));

        Assert.Equal(("0123456789", "text/html", "234"), (whole.Body, whole.ContentType, part.Body));
        Assert.Equal("de/", (await client.GetAsync("/api/profile", bearer: null)).Json["trainingPlace"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task An_erasure_is_on_a_receipt_and_in_the_ledger_which_is_taken_back_and_replayed(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        using var client = await ActivatedAsync(app);
        await ExpectAsync(app, HttpStatusCode.NoContent, client.PostAsync("/api/profile/erase", new { password = Password }));

        var receipts = await ExpectAsync(app, HttpStatusCode.OK, app.Client.GetAsync("/api/lifecycle/receipts", HostSettings.AdminKey));
        var ledger = await ExpectAsync(app, HttpStatusCode.OK, app.Client.GetAsync("/api/lifecycle/erasures", HostSettings.AdminKey));
        var added = await ExpectAsync(
            app, HttpStatusCode.OK, app.Client.PostAsync("/api/lifecycle/erasures", HttpClientExtensions.Raw(ledger.Body), HostSettings.AdminKey));
        var replayed = await ExpectAsync(app, HttpStatusCode.OK, app.Client.PostAsync("/api/lifecycle/erasures/replay", new { from = "0" }, HostSettings.AdminKey));

        Assert.Equal(1, Assert.Single((JsonArray)receipts.Json["receipts"]!)!["byWish"]!.GetValue<int>());
        Assert.Equal("""{"added":0,"known":1}""", added.Body);
        Assert.Equal("""{"checked":0,"erased":0}""", replayed.Body);
    }

    private static async Task<HttpClient> ActivatedAsync(PublishedApp app)
    {
        var email = $"anna-{Guid.NewGuid():N}@example.ch";
        var code = await app.NewCodeAsync();
        var client = app.NewClient();
        await ExpectAsync(app, HttpStatusCode.Accepted, client.PostAsync("/api/registrations", new { code, name = "Anna Müller", email, language = "de" }));
        await ExpectAsync(app, HttpStatusCode.OK, client.PostAsync("/api/activations", new { token = await app.TokenAsync(email), password = Password }));
        return client;
    }

    private static Task<Answer> ExpectAsync(PublishedApp app, HttpStatusCode status, Task<Answer> request) => WholeJourney.ExpectAsync(app, status, request);
}
