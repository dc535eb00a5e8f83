using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>
/// The process dies at each storage and blob call in turn: afterwards there is the old or the new state and nothing between; once the timers have run no content is
/// left that no document names, and what is counted is what is there.
/// </summary>
public sealed partial class CrashTests(AzuriteFixture azurite)
{
    private static readonly byte[] Old = Files.Pdf(2000, seed: 1);
    private static readonly byte[] New = Files.Pdf(3000, seed: 2);

    [Theory]
    [InlineData(1000, 6)]
    [InlineData(5_000_000, 9)]
    public async Task An_upload_is_kept_whole_or_not_at_all(int size, int calls)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = Files.Pdf(size);

        var tried = await DyingProcess.AtEveryCallAsync(
            app,
            prepare: _ => Task.CompletedTask,
            request: call => person.PutDocumentAsync($"{call}.pdf", content),
            afterwards: call => AssertIsAsync(person, $"{call}.pdf", content, orNothing: true));

        Assert.True(tried >= calls, $"{tried} calls");
        await AssertTidyAsync(app, person);
    }

    [Fact]
    public async Task A_replacement_leaves_the_old_content_or_the_new()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var etag = "";

        var tried = await DyingProcess.AtEveryCallAsync(
            app,
            prepare: async call => etag = (await person.PutDocumentAsync($"{call}.pdf", Old)).MustBe(HttpStatusCode.Created).Headers.ETag!.Tag,
            request: call => person.PutDocumentAsync($"{call}.pdf", New, etag),
            afterwards: async call =>
            {
                var back = (await person.GetDocumentAsync($"{call}.pdf")).MustBe(HttpStatusCode.OK);
                Assert.Equal(back.Headers.ETag!.Tag == etag ? Old : New, back.Bytes);
            });

        Assert.True(tried >= 10, $"{tried} calls");
        await AssertTidyAsync(app, person);
    }

    [Fact]
    public async Task A_removal_leaves_the_document_or_nothing_of_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var tried = await DyingProcess.AtEveryCallAsync(
            app,
            prepare: async call => (await person.PutDocumentAsync($"{call}.pdf", Old)).MustBe(HttpStatusCode.Created),
            request: call => person.RemoveDocumentAsync($"{call}.pdf"),
            afterwards: call => AssertIsAsync(person, $"{call}.pdf", Old, orNothing: true));

        Assert.True(tried >= 6, $"{tried} calls");
        await AssertTidyAsync(app, person);
    }

    [Fact]
    public async Task An_erasure_leaves_the_account_whole_or_is_finished_by_the_timer_within_the_hour()
    {
        await using var app = await TestApp.StartAsync(azurite);
        Journey? person = null;

        var tried = await DyingProcess.AtEveryCallAsync(
            app,
            prepare: async _ => person = await WithDocumentsAsync(app),
            request: _ => person!.EraseAsync(),
            afterwards: async call =>
            {
                if ((await person!.ProfileAsync()).Status != HttpStatusCode.OK)
                {
                    // The key goes first: what is left is noise already.
                    Assert.DoesNotContain(await app.DumpAsync("vouchers"), row => Key().IsMatch(row));
                }
                else
                {
                    await AssertIsAsync(person, "2.pdf", Old, orNothing: false);
                    (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
                }
                await app.RunTimerAsync<DeleteExpiredData>();
                Assert.Empty(await BlobNames.OfAsync(app));
                person.Dispose();
            });

        Assert.True(tried >= 30, $"{tried} calls");
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        await app.RunAllTimersAsync();
        Assert.Empty(await app.DumpAsync("vouchers", "emails", "due"));
    }

    [Fact]
    public async Task A_deletion_in_time_is_finished_by_the_next_run()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var deletion = app.Services.GetRequiredService<Deletion>();
        DueItem? item = null;

        var tried = await DyingProcess.AtEveryCallAsync(
            app,
            prepare: async call =>
            {
                using var person = await WithDocumentsAsync(app);
                var voucher = (await Stored.ReadAsync(app, person)).Voucher;
                var registration = voucher.Registration!;
                var start = AccountDue.DeletionStart(registration.AccessUntil);
                item = AccountDue.Deletion(voucher.Id, registration.AccountId, start, start);
                app.MoveTo(start);
                app.Mailbox.Failure = new MailOutcome.Unavailable("503");
            },
            request: _ => app.Calls.RecordAsync(async () =>
            {
                try
                {
                    await deletion.RunAsync(item!, app.Now, TestContext.Current.CancellationToken);
                }
                catch (DyingProcess)
                {
                    // As if nobody were there to hear it.
                }
            }),
            afterwards: async _ =>
            {
                app.Mailbox.Failure = null;
                app.Clock.Advance(TimeSpan.FromHours(1));
                await app.RunTimerAsync<DeleteExpiredData>();
                app.Clock.Advance(TimeSpan.FromHours(1));
                await app.RunAllTimersAsync();
                Assert.Empty(await BlobNames.OfAsync(app));
                Assert.Empty(await app.DumpAsync("vouchers", "emails", "due"));
            });

        Assert.True(tried >= 10, $"{tried} calls");
    }

    [GeneratedRegex("WrappedKey=[0-9a-f]")]
    private static partial Regex Key();

    private static async Task<Journey> WithDocumentsAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        foreach (var name in (string[])["1.pdf", "2.pdf"])
        {
            (await person.PutDocumentAsync(name, Old)).MustBe(HttpStatusCode.Created);
        }
        return person;
    }

    private static async Task AssertIsAsync(Journey person, string name, byte[] content, bool orNothing)
    {
        var back = await person.GetDocumentAsync(name);
        if (orNothing && back.Code == "document-unknown")
        {
            return;
        }
        Assert.Equal(content, back.MustBe(HttpStatusCode.OK).Bytes);
    }

    /// <summary>After an hour and the timer: a content for each document and no other, the counters right, nothing left to look at.</summary>
    private static async Task AssertTidyAsync(TestApp app, Journey person)
    {
        app.Clock.Advance(DueItem.OrphanGrace + TimeSpan.FromMinutes(1));
        await app.RunTimerAsync<RemoveOrphanBlobs>();
        var voucher = (await Stored.ReadAsync(app, person)).Voucher;
        var documents = await app.Services.GetRequiredService<VoucherTable>().FindDocumentsAsync(voucher.Id, TestContext.Current.CancellationToken);

        Assert.Equal(documents.Select(document => $"{voucher.Registration!.AccountId}/{document.BlobId}").Order(), (await BlobNames.OfAsync(app)).Order());
        Assert.Equal(new DocumentTotals(documents.Count, documents.Sum(document => document.Size)), voucher.Account!.Documents);
        Assert.DoesNotContain(await app.DumpAsync("due"), row => row.Contains("RowKey=blob-", StringComparison.Ordinal));
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal(documents.Count, (await person.DocumentsAsync()).Json["documents"]!.AsArray().Count);
    }
}
