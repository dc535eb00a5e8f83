using System.Net;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>Documents as their person meets them: keep, list, download, replace, remove.</summary>
[Trait("Storage", "both")]
public sealed class DocumentTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(2_097_152)]
    [InlineData(2_097_153)]
    [InlineData(5_000_000)]
    public async Task A_document_comes_back_as_it_went_in(int size)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = size < 9 ? Files.Text(new string('a', size)) : Files.Pdf(size);
        var name = size < 9 ? "notes.txt" : "CV.pdf";

        var kept = (await person.PutDocumentAsync(name, content)).MustBe(HttpStatusCode.Created);

        var back = (await person.GetDocumentAsync(name)).MustBe(HttpStatusCode.OK);
        Assert.Equal(content, back.Bytes);
        Assert.Equal(size, back.ContentHeaders.ContentLength);
        Assert.Equal(kept.Headers.ETag, back.Headers.ETag);
    }

    [Fact]
    public async Task The_list_has_the_newest_first_and_what_they_come_to()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.PutDocumentAsync("old.pdf", Files.Pdf(300));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var kept = await person.PutDocumentAsync("new.TXT", Files.Text("hello"));

        var list = (await person.DocumentsAsync()).MustBe(HttpStatusCode.OK);

        var documents = list.Json["documents"]!.AsArray();
        Assert.Equal(["new.TXT", "old.pdf"], documents.Select(document => document!["name"]!.GetValue<string>()));
        Assert.True(JsonNode.DeepEquals(kept.Json, documents[0]), list.ToString());
        Assert.Equal(["text/plain", "application/pdf"], documents.Select(document => document!["type"]!.GetValue<string>()));
        Assert.Equal("2026-11-22T10:00:01Z", documents[0]!["modifiedAt"]!.GetValue<string>());
        Assert.Equal(kept.Headers.ETag!.Tag, documents[0]!["etag"]!.GetValue<string>());
        Assert.Equal((305, 200_000_000), (list.Json["usedBytes"]!.GetValue<int>(), list.Json["limitBytes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_download_is_saved_and_never_shown_under_its_name_in_any_script()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.PutDocumentAsync("Zürich \"履歴書\".pdf", Files.Pdf());

        var answer = await person.GetDocumentAsync("Zürich \"履歴書\".pdf");

        Assert.Equal("application/pdf", answer.ContentType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("attachment", answer.ContentHeaders.ContentDisposition!.DispositionType);
        Assert.Equal("Zürich \"履歴書\".pdf", answer.ContentHeaders.ContentDisposition.FileNameStar);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_replaced_only_by_who_knows_what_is_there()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var first = (await person.PutDocumentAsync("CV.pdf", Files.Pdf(seed: 1))).Headers.ETag!.Tag;

        (await person.PutDocumentAsync("CV.pdf", Files.Pdf(seed: 2))).MustBe(HttpStatusCode.PreconditionFailed, "document-exists");
        var second = (await person.PutDocumentAsync("CV.pdf", Files.Pdf(seed: 2), first)).MustBe(HttpStatusCode.OK).Headers.ETag!.Tag;
        (await person.PutDocumentAsync("CV.pdf", Files.Pdf(seed: 3), first)).MustBe(HttpStatusCode.PreconditionFailed, "document-changed");
        (await person.PutDocumentAsync("other.pdf", Files.Pdf(seed: 3), second)).MustBe(HttpStatusCode.PreconditionFailed, "document-changed");

        Assert.NotEqual(first, second);
        Assert.Equal(Files.Pdf(seed: 2), (await person.GetDocumentAsync("CV.pdf")).Bytes);
        Assert.Single(await BlobNames.OfAsync(app));
    }

    [Fact]
    public async Task Whoever_does_not_say_what_should_be_there_keeps_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var answer = await person.Client.SendAsync(HttpMethod.Put, "/api/documents/CV.pdf", new ByteArrayContent(Files.Pdf()));

        answer.MustBe(HttpStatusCode.PreconditionRequired, "condition-missing");
        Assert.Empty(await BlobNames.OfAsync(app));
    }

    [Fact]
    public async Task A_document_that_was_removed_is_gone_with_its_content()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.PutDocumentAsync("CV.pdf", Files.Pdf());

        (await person.RemoveDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NoContent);

        (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NotFound, "document-unknown");
        (await person.RemoveDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NotFound, "document-unknown");
        Assert.Equal(0, (await person.DocumentsAsync()).Json["usedBytes"]!.GetValue<int>());
        Assert.Empty(await BlobNames.OfAsync(app));
        Assert.DoesNotContain(await app.DumpAsync("due"), row => row.Contains("RowKey=blob-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_elses_document_does_not_exist()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var owner = await Journey.ActivatedAsync(app);
        using var other = await Journey.ActivatedAsync(app);
        var etag = (await owner.PutDocumentAsync("CV.pdf", Files.Pdf())).Headers.ETag!.Tag;

        (await other.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NotFound, "document-unknown");
        (await other.RemoveDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NotFound, "document-unknown");
        (await other.PutDocumentAsync("CV.pdf", Files.Pdf(), etag)).MustBe(HttpStatusCode.PreconditionFailed, "document-changed");
        Assert.Empty((await other.DocumentsAsync()).Json["documents"]!.AsArray());

        Assert.Equal(Files.Pdf(), (await owner.GetDocumentAsync("CV.pdf")).Bytes);
    }

    [Fact]
    public async Task Names_and_contents_are_nowhere_in_clear()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        const string Mark = "Kanarienvogel";
        await person.PutDocumentAsync($"{Mark}.txt", Files.Text($"{Mark} {Mark}"));

        var rows = await app.DumpAsync();
        var blob = await app.Container("documents").GetBlobClient(Assert.Single(await BlobNames.OfAsync(app))).DownloadContentAsync(TestContext.Current.CancellationToken);

        Assert.Single(rows, row => row.Contains("SealedName=", StringComparison.Ordinal) && row.Contains("BlobId=", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Contains(Mark, StringComparison.OrdinalIgnoreCase)
            || row.Contains(Convert.ToHexStringLower(Files.Text(Mark)), StringComparison.Ordinal));
        Assert.Equal(-1, blob.Value.Content.ToMemory().Span.IndexOf(Files.Text(Mark)));
    }
}
