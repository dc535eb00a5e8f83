using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>The storage does what it is asked for and its answer gets lost: the SDK asks again, and nobody notices.</summary>
public sealed class LostAnswerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Documents_are_kept_replaced_and_removed_though_the_first_answer_to_every_write_is_lost()
    {
        var losing = new LosingAnswers();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Tables = tables => tables.Hurry().AddPolicy(losing, HttpPipelinePosition.PerRetry);
            options.Blobs = blobs => blobs.Hurry().AddPolicy(losing, HttpPipelinePosition.PerRetry);
        });
        using var person = await Journey.ActivatedAsync(app);
        losing.IsLosing = true;

        var small = (await person.PutDocumentAsync("small.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);
        (await person.PutDocumentAsync("large.pdf", Files.Pdf(5_000_000))).MustBe(HttpStatusCode.Created);
        (await person.PutDocumentAsync("small.pdf", Files.Pdf(seed: 2), small.Headers.ETag!.Tag)).MustBe(HttpStatusCode.OK);
        (await person.RemoveDocumentAsync("large.pdf")).MustBe(HttpStatusCode.NoContent);

        Assert.True(losing.Lost > 10, $"{losing.Lost} answers were lost");
        Assert.Equal(Files.Pdf(seed: 2), (await person.GetDocumentAsync("small.pdf")).Bytes);
        Assert.Single(await BlobNames.OfAsync(app));
        Assert.Equal(new DocumentTotals(1, 1000), await Stored.TotalsAsync(app, person));
        Assert.DoesNotContain(await app.DumpAsync("due"), row => row.Contains("RowKey=blob-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_is_kept_and_replaced_though_many_others_changed_the_voucher_before_the_lost_answer_was_asked_for_again()
    {
        var others = new OthersGoOn();
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.Hurry().AddPolicy(others, HttpPipelinePosition.PerRetry));
        using var person = await Journey.ActivatedAsync(app);
        using var elsewhere = person.Elsewhere();
        (await elsewhere.LogInAsync()).MustBe(HttpStatusCode.OK);
        others.Change = ChangeAsync;

        var first = (await person.PutDocumentAsync("cv.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);
        Assert.Null(others.Change);
        others.Change = ChangeAsync;
        (await person.PutDocumentAsync("cv.pdf", Files.Pdf(seed: 2), first.Headers.ETag!.Tag)).MustBe(HttpStatusCode.OK);

        Assert.Null(others.Change);
        Assert.Equal(Files.Pdf(seed: 2), (await person.GetDocumentAsync("cv.pdf")).Bytes);
        Assert.Equal(new DocumentTotals(1, 1000), await Stored.TotalsAsync(app, person));
        app.Clock.Advance(DueItem.OrphanGrace + TimeSpan.FromSeconds(1));
        await app.RunTimerAsync<RemoveOrphanBlobs>();
        Assert.Single(await BlobNames.OfAsync(app));

        async Task ChangeAsync()
        {
            for (var change = 0; change < 40; change++)
            {
                (await elsewhere.ChangeProfileAsync(new { language = change % 2 == 0 ? "de" : "it" })).MustBe(HttpStatusCode.OK);
            }
        }
    }

    [Fact]
    public async Task Documents_are_kept_replaced_and_removed_though_the_storage_does_not_answer_when_the_old_content_is_to_go_and_the_timer_removes_it()
    {
        var storage = new UnreachableStorage(request => request.Method == RequestMethod.Delete);
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Tables = tables => tables.Hurry().AddPolicy(storage, HttpPipelinePosition.PerRetry);
            options.Blobs = blobs => blobs.Hurry().AddPolicy(storage, HttpPipelinePosition.PerRetry);
        });
        using var person = await Journey.ActivatedAsync(app);
        storage.IsAway = true;

        var first = (await person.PutDocumentAsync("cv.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);
        (await person.PutDocumentAsync("cv.pdf", Files.Pdf(seed: 2), first.Headers.ETag!.Tag)).MustBe(HttpStatusCode.OK);
        (await person.PutDocumentAsync("cv.pdf", Files.Pdf(seed: 3), first.Headers.ETag!.Tag)).MustBe(HttpStatusCode.PreconditionFailed, "document-changed");
        (await person.RemoveDocumentAsync("cv.pdf")).MustBe(HttpStatusCode.NoContent);

        Assert.True(storage.Tries > 1);
        storage.IsAway = false;
        app.Clock.Advance(DueItem.OrphanGrace + TimeSpan.FromSeconds(1));
        await app.RunTimerAsync<RemoveOrphanBlobs>();
        Assert.Empty(await BlobNames.OfAsync(app));
    }

    [Fact]
    public async Task A_content_that_somebody_takes_away_while_its_upload_tidies_up_goes_with_the_timer_though_the_storage_did_not_answer()
    {
        var contents = new UnreachableStorage(request => request.Method == RequestMethod.Delete);
        var tidying = new Meanwhile(request => request.Method == RequestMethod.Get && request.Uri.ToString().Contains("blob-", StringComparison.Ordinal));
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Tables = tables => tables.AddPolicy(tidying, HttpPipelinePosition.PerCall);
            options.Blobs = blobs => blobs.Hurry().AddPolicy(contents, HttpPipelinePosition.PerRetry);
        });
        using var person = await Journey.ActivatedAsync(app);
        using var elsewhere = person.Elsewhere();
        (await elsewhere.LogInAsync()).MustBe(HttpStatusCode.OK);
        tidying.Change = async () =>
        {
            contents.IsAway = true;
            (await elsewhere.RemoveDocumentAsync("cv.pdf")).MustBe(HttpStatusCode.NoContent);
            contents.IsAway = false;
        };

        (await person.PutDocumentAsync("cv.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);

        Assert.Null(tidying.Change);
        Assert.Single(await BlobNames.OfAsync(app));
        app.Clock.Advance(DueItem.OrphanGrace + TimeSpan.FromSeconds(1));
        await app.RunTimerAsync<RemoveOrphanBlobs>();
        Assert.Empty(await BlobNames.OfAsync(app));
    }

    /// <summary>Before the first such request, something else happens.</summary>
    private sealed class Meanwhile(Func<Request, bool> isIt) : HttpPipelinePolicy
    {
        public Func<Task>? Change { get; set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (Change is { } change && isIt(message.Request))
            {
                Change = null;
                await change();
            }
            await ProcessNextAsync(message, pipeline);
        }
    }

    /// <summary>Loses the answer to the first commit, and lets others change the same voucher before the SDK asks again.</summary>
    private sealed class OthersGoOn : HttpPipelinePolicy
    {
        public Func<Task>? Change { get; set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (Change is { } change && message.Request.Uri.ToString().Contains("$batch", StringComparison.Ordinal))
            {
                Change = null;
                await change();
                throw new IOException("The answer was lost.");
            }
        }
    }
}
