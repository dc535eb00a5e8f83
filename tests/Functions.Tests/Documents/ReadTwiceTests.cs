using System.Net;
using Azure.Core;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>A long content is verified, then read once more on its way out: something happens in between.</summary>
public sealed class ReadTwiceTests(AzuriteFixture azurite)
{
    private static readonly byte[] Content = Files.Pdf(3_000_000);

    [Fact]
    public async Task A_content_that_is_changed_after_its_verification_is_refused_before_its_first_byte()
    {
        TestApp? changed = null;
        await using var app = changed = await StartAsync(async () =>
        {
            var blob = changed!.Container("documents").GetBlobClient(Assert.Single(await BlobNames.OfAsync(changed)));
            var content = (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
            content[^1] ^= 1;
            await blob.UploadAsync(new BinaryData(content), overwrite: true, TestContext.Current.CancellationToken);
        });
        using var person = await Journey.ActivatedAsync(app);
        (await person.PutDocumentAsync("CV.pdf", Content)).MustBe(HttpStatusCode.Created);

        (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
    }

    [Fact]
    public async Task A_document_that_is_replaced_after_its_verification_comes_with_the_new_content()
    {
        Journey? elsewhere = null;
        var newer = Files.Pdf(2_000_000, seed: 2);
        await using var app = await StartAsync(async () => (await elsewhere!.ReplaceDocumentAsync("CV.pdf", newer)).MustBe(HttpStatusCode.OK));
        using var person = await Journey.ActivatedAsync(app);
        using var browser = elsewhere = person.Elsewhere();
        (await elsewhere.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await person.PutDocumentAsync("CV.pdf", Content)).MustBe(HttpStatusCode.Created);

        var answer = (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.OK);

        Assert.Equal(newer, answer.Bytes);
        Assert.Equal((await person.DocumentsAsync()).Json["documents"]![0]!["etag"]!.GetValue<string>(), answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_document_that_is_removed_after_its_verification_is_unknown()
    {
        Journey? elsewhere = null;
        await using var app = await StartAsync(async () => (await elsewhere!.RemoveDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NoContent));
        using var person = await Journey.ActivatedAsync(app);
        using var browser = elsewhere = person.Elsewhere();
        (await elsewhere.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await person.PutDocumentAsync("CV.pdf", Content)).MustBe(HttpStatusCode.Created);

        (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NotFound, "document-unknown");
    }

    /// <summary>Between the first and the second reading.</summary>
    private Task<TestApp> StartAsync(Func<Task> meanwhile) => TestApp.StartAsync(azurite, options =>
        options.Blobs = blobs => blobs.AddPolicy(new Interruption(RequestMethod.Get, "documents/", meanwhile, at: 2), HttpPipelinePosition.PerCall));
}
