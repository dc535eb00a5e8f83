using System.Net;
using Azure.Core;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>20 MB a document, 200 MB and 500 documents an account; counted right whoever else is at it.</summary>
public sealed class DocumentLimitTests(AzuriteFixture azurite)
{
    private const int Largest = 20_000_000;

    [Fact]
    public async Task A_document_has_20_MB_at_most_and_all_together_200()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = Files.Pdf(Largest);

        (await person.PutDocumentAsync("too-large.pdf", Files.Pdf(Largest + 1))).MustBe(HttpStatusCode.RequestEntityTooLarge, "document-too-large");
        string? first = null;
        for (var number = 0; number < 10; number++)
        {
            var kept = (await person.PutDocumentAsync($"{number}.pdf", content)).MustBe(HttpStatusCode.Created);
            first ??= kept.Headers.ETag!.Tag;
        }
        (await person.PutDocumentAsync("one-more.txt", Files.Text("a"))).MustBe(HttpStatusCode.RequestEntityTooLarge, "documents-full");

        // What takes the place of something else needs only the difference.
        (await person.PutDocumentAsync("0.pdf", Files.Pdf(Largest - 1), first)).MustBe(HttpStatusCode.OK);
        (await person.PutDocumentAsync("one-more.txt", Files.Text("a"))).MustBe(HttpStatusCode.Created);
        Assert.Equal(200_000_000, (await person.DocumentsAsync()).Json["usedBytes"]!.GetValue<int>());
        (await person.RemoveDocumentAsync("1.pdf")).MustBe(HttpStatusCode.NoContent);
        (await person.PutDocumentAsync("1.pdf", content)).MustBe(HttpStatusCode.Created);
        Assert.Equal(11, (await BlobNames.OfAsync(app)).Count);
    }

    [Fact]
    public async Task Who_uploads_and_deletes_in_turn_waits_for_the_next_day_after_twice_the_room_of_the_account()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = Files.Pdf(Largest);
        for (var number = 0; number < 20; number++)
        {
            (await person.PutDocumentAsync("CV.pdf", content)).MustBe(HttpStatusCode.Created);
            (await person.RemoveDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.NoContent);
        }

        Assert.Equal(14 * 3600, (await person.PutDocumentAsync("CV.pdf", Files.Pdf())).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);

        Assert.Empty(await BlobNames.OfAsync(app));
        (await person.DocumentsAsync()).MustBe(HttpStatusCode.OK);
        app.MoveTo("2026-11-23T00:00:00Z");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await person.PutDocumentAsync("CV.pdf", content)).MustBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(0, 0, 1_000, true)]
    [InlineData(999, 0, 1_000, true)]
    [InlineData(1_000, 0, 1_000, false)]
    [InlineData(10, 399_999_000, 1_000, true)]
    [InlineData(10, 399_999_001, 1_000, false)]
    [InlineData(500, 200_000_000, 1_000, true)]
    public async Task An_account_uploads_a_thousand_documents_and_400_MB_a_day(int count, long bytes, int next, bool isKept)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var read = await Stored.ReadAsync(app, person);
        await Stored.CommitAsync(app, read, read.Voucher with { Account = read.Voucher.Account! with { Uploads = new UploadBudget(count, bytes, app.Now) } });

        var answer = await person.PutDocumentAsync("CV.pdf", Files.Pdf(next));

        answer.MustBe(isKept ? HttpStatusCode.Created : HttpStatusCode.TooManyRequests, isKept ? null : "too-many-attempts");
    }

    [Theory]
    [InlineData(0, HttpStatusCode.Created)]
    [InlineData(1, HttpStatusCode.RequestTimeout)]
    public async Task An_upload_may_take_30_minutes(int secondsMore, HttpStatusCode status)
    {
        TestApp? started = null;
        var takesLong = new Interruption(RequestMethod.Put, "documents/", () =>
        {
            started!.Clock.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(secondsMore));
            return Task.CompletedTask;
        });
        await using var app = started = await TestApp.StartAsync(azurite, options => options.Blobs = blobs => blobs.AddPolicy(takesLong, HttpPipelinePosition.PerCall));
        using var person = await Journey.ActivatedAsync(app);

        var answer = await person.PutDocumentAsync("CV.pdf", Files.Pdf());

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == HttpStatusCode.Created ? null : "upload-too-slow", answer.Code);
        var kept = status == HttpStatusCode.Created ? 1 : 0;
        Assert.Equal(kept, (await BlobNames.OfAsync(app)).Count);
        Assert.Equal(kept, (await person.DocumentsAsync()).Json["documents"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_body_without_a_length_is_refused()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/documents/CV.pdf") { Content = new ByteArrayContent(Files.Pdf()) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");

        using var response = await person.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.LengthRequired, response.StatusCode);
    }

    [Fact]
    public async Task Of_many_uploads_at_once_no_more_are_kept_than_there_is_room_for()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Stored.CountAsAsync(app, person, new DocumentTotals(0, 200_000_000 - 3_500));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => person.PutDocumentAsync($"{number}.pdf", Files.Pdf(1000))));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(5, answers.Count(answer => answer.Code == "documents-full"));
        Assert.Equal(3, (await person.DocumentsAsync()).Json["documents"]!.AsArray().Count);
        Assert.Equal(3, (await BlobNames.OfAsync(app)).Count);
        Assert.Equal(new DocumentTotals(3, 200_000_000 - 500), await Stored.TotalsAsync(app, person));
    }

    [Fact]
    public async Task Of_many_uploads_of_the_same_new_document_at_once_one_is_kept()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => person.PutDocumentAsync("CV.pdf", Files.Pdf(seed: number))));

        var winner = Assert.Single(answers.Index(), answer => answer.Item.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer != winner.Item), answer => answer.MustBe(HttpStatusCode.PreconditionFailed, "document-exists"));
        Assert.Equal(Files.Pdf(seed: winner.Index), (await person.GetDocumentAsync("CV.pdf")).Bytes);
        Assert.Single(await BlobNames.OfAsync(app));
        Assert.Equal(new DocumentTotals(1, 1000), await Stored.TotalsAsync(app, person));
    }

    [Fact]
    public async Task An_account_has_500_documents_at_most()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Stored.CountAsAsync(app, person, new DocumentTotals(499, 0));

        (await person.PutDocumentAsync("500.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);
        (await person.PutDocumentAsync("501.pdf", Files.Pdf())).MustBe(HttpStatusCode.RequestEntityTooLarge, "documents-full");
    }
}
