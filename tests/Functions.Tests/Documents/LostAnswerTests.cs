using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using VoucherFunctions.Documents;
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
            options.Tables = tables => Hurry(tables).AddPolicy(losing, HttpPipelinePosition.PerRetry);
            options.Blobs = blobs => Hurry(blobs).AddPolicy(losing, HttpPipelinePosition.PerRetry);
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

    private static ClientOptions Hurry(ClientOptions options)
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return options;
    }

    private sealed class LosingAnswers : HttpPipelineSynchronousPolicy
    {
        private const string Mark = nameof(LosingAnswers);
        private int _lost;

        public bool IsLosing { get; set; }

        public int Lost => _lost;

        public override void OnReceivedResponse(HttpMessage message)
        {
            if (IsLosing && message.Request.Method != RequestMethod.Get && !message.TryGetProperty(Mark, out _))
            {
                message.SetProperty(Mark, true);
                Interlocked.Increment(ref _lost);
                throw new IOException("The answer was lost.");
            }
        }
    }
}
