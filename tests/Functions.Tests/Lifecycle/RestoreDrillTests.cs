using System.Net;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>A copy of the tables is restored that is older than an erasure; the ledger, kept apart from it, is replayed.</summary>
public sealed class RestoreDrillTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_was_erased_after_the_copy_is_gone_again_and_everybody_else_is_whole()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var stays = await Journey.ActivatedAsync(app, "stays@example.ch");
        using var goes = await Journey.ActivatedAsync(app, "goes@example.ch");
        using var waits = await Journey.RegisteredAsync(app, "waits@example.ch");
        using var hurries = await Journey.RegisteredAsync(app, "hurries@example.ch");
        var profile = (await stays.ProfileAsync()).Body;
        var copy = await StorageCopy.TakeAsync(app);
        (await goes.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        (await hurries.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await hurries.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        await app.SettleAsync();
        var ledger = (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures")).MustBe(HttpStatusCode.OK).Body;
        var mails = app.Mailbox.Attempts;

        await copy.RestoreAsync(app);
        (await goes.LogInAsync()).MustBe(HttpStatusCode.OK);
        var (goesTraces, hurriesTraces) = (Traces.Of(app, "goes@example.ch", goes.Email), Traces.Of(app, "hurries@example.ch", hurries.Email));
        await goesTraces.AssertThereAsync();
        var added = await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures", HttpClientExtensions.Raw(ledger));
        var replayed = await ReplayAsync(app);

        Assert.Equal("""{"added":2,"known":0}""", added.MustBe(HttpStatusCode.OK).Body);
        // Of each account its deletion and two lapses, of each registration one.
        Assert.Equal("""{"checked":8,"erased":2}""", replayed);
        await goesTraces.AssertGoneAsync();
        await hurriesTraces.AssertGoneAsync();
        (await goes.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await goes.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await goes.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
        (await hurries.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
        Assert.Equal(profile, (await stays.ProfileAsync()).MustBe(HttpStatusCode.OK).Body);
        (await stays.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await waits.ActivateAsync()).MustBe(HttpStatusCode.OK);
        Assert.DoesNotContain(app.Mailbox.All.Skip(mails), mail => mail.To is "goes@example.ch" or "hurries@example.ch");
        Assert.Contains("\"again\":2", (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/receipts")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_come_back_as_they_were_in_the_copy_and_those_of_the_erased_account_go_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var stays = await Journey.ActivatedAsync(app);
        using var goes = await Journey.ActivatedAsync(app);
        var content = new Dictionary<string, byte[]> { ["kept.pdf"] = Files.Pdf(2_500_000), ["replaced.pdf"] = Files.Pdf(seed: 2), ["deleted.pdf"] = Files.Pdf(seed: 3) };
        foreach (var (name, bytes) in content)
        {
            (await stays.PutDocumentAsync(name, bytes)).MustBe(HttpStatusCode.Created);
        }
        (await goes.PutDocumentAsync("secret.txt", Files.Text("secret"))).MustBe(HttpStatusCode.Created);
        var (whole, accountId) = ((await stays.DocumentsAsync()).Body, (await Stored.ReadAsync(app, stays)).Voucher.Registration!.AccountId);
        var copy = await StorageCopy.TakeAsync(app);
        (await stays.ReplaceDocumentAsync("replaced.pdf", Files.Pdf(seed: 4))).MustBe(HttpStatusCode.OK);
        (await stays.RemoveDocumentAsync("deleted.pdf")).MustBe(HttpStatusCode.NoContent);
        (await stays.PutDocumentAsync("added.pdf", Files.Pdf(seed: 5))).MustBe(HttpStatusCode.Created);
        (await goes.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        var ledger = (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures")).Body;

        await copy.RestoreAsync(app);
        (await goes.LogInAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal("secret", (await goes.GetDocumentAsync("secret.txt")).MustBe(HttpStatusCode.OK).Body);
        await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures", HttpClientExtensions.Raw(ledger));
        Assert.Contains("\"erased\":1", await ReplayAsync(app), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.RunAllTimersAsync();

        (await goes.GetDocumentAsync("secret.txt")).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await goes.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        var blobs = await BlobNames.OfAsync(app);
        Assert.Equal(content.Count, blobs.Count);
        Assert.All(blobs, blob => Assert.StartsWith($"{accountId}/", blob, StringComparison.Ordinal));
        (await stays.LogInAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal(whole, (await stays.DocumentsAsync()).MustBe(HttpStatusCode.OK).Body);
        foreach (var (name, bytes) in content)
        {
            Assert.Equal(bytes, (await stays.GetDocumentAsync(name)).MustBe(HttpStatusCode.OK).Bytes);
        }
        Assert.Equal(content, await Zips.ReadAsync((await stays.Client.GetAsync("/api/documents.zip", bearer: null)).Bytes));
        Assert.Equal(new DocumentTotals(content.Count, content.Values.Sum(bytes => bytes.LongLength)), await Stored.TotalsAsync(app, stays));
    }

    /// <summary>Each call of the storage takes a second here, and a replay stops after 20.</summary>
    [Fact]
    public async Task A_replay_comes_to_its_end_however_long_the_ledger_is_and_however_slow_the_storage()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var stays = await Journey.ActivatedAsync(app);
        var gone = new List<Journey>();
        for (var person = 0; person < 6; person++)
        {
            gone.Add(await Journey.ActivatedAsync(app));
        }
        var copy = await StorageCopy.TakeAsync(app);
        foreach (var person in gone)
        {
            (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        }
        await app.SettleAsync();
        var ledger = (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures")).MustBe(HttpStatusCode.OK).Body;
        await copy.RestoreAsync(app);
        (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures", HttpClientExtensions.Raw(ledger))).MustBe(HttpStatusCode.OK);
        await AddToLedgerAsync(app, 1_500);

        app.Calls.Before = _ => app.Clock.Advance(TimeSpan.FromSeconds(1));
        var (seen, erased) = (new List<string> { "0" }, 0);
        for (string? from = "0"; from is not null && seen.Count < 50;)
        {
            var report = (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures/replay", new { from })).MustBe(HttpStatusCode.OK).Json;
            erased += report["erased"]!.GetValue<int>();
            from = report["next"]?.GetValue<string>();
            seen.Add(from ?? "end");
        }

        Assert.Equal("end", seen[^1]);
        Assert.Distinct(seen);
        Assert.Equal(6, erased);
        app.Calls.Before = null;
        Assert.All(gone, person => Assert.Equal("voucher-used", person.CheckAsync().GetAwaiter().GetResult().Code));
        gone.ForEach(person => person.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("g")]
    [InlineData("0.")]
    [InlineData("0.state")]
    [InlineData("0.delete-x' or RowKey ge '")]
    [InlineData("00")]
    [InlineData("0.mail-20261122")]
    public async Task A_replay_from_nowhere_is_refused(string from)
    {
        await using var app = await TestApp.StartAsync(azurite);

        (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures/replay", new { from })).MustBe(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task A_second_replay_and_a_second_import_change_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var goes = await Journey.ActivatedAsync(app);
        using var stays = await Journey.ActivatedAsync(app);
        var copy = await StorageCopy.TakeAsync(app);
        (await goes.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        var ledger = (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures")).Body;
        await copy.RestoreAsync(app);
        await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures", HttpClientExtensions.Raw(ledger));
        await ReplayAsync(app);
        var before = await app.DumpAsync();

        Assert.Equal("""{"added":0,"known":1}""", (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures", HttpClientExtensions.Raw(ledger))).Body);
        Assert.Contains("\"erased\":0", await ReplayAsync(app), StringComparison.Ordinal);

        Assert.Equal(before, await app.DumpAsync());
    }

    [Fact]
    public async Task A_voucher_that_was_unused_in_the_copy_does_not_get_a_second_life()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        var copy = await StorageCopy.TakeAsync(app);
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        var ledger = (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures")).Body;
        await copy.RestoreAsync(app);
        await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures", HttpClientExtensions.Raw(ledger));
        await ReplayAsync(app);
        await app.SettleAsync();

        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);

        (await person.ActivateAsync()).MustBe(HttpStatusCode.Gone, "activation-used");
    }

    [Fact]
    public async Task The_ledger_is_read_in_pages_and_says_when_and_whose_voucher_never_whose_account()
    {
        await using var app = await TestApp.StartAsync(azurite);
        for (var person = 0; person < 3; person++)
        {
            (await (await Journey.ActivatedAsync(app)).EraseAsync()).MustBe(HttpStatusCode.NoContent);
        }

        var all = (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures")).MustBe(HttpStatusCode.OK).Json["erasures"]!.AsArray();
        var rest = (await app.AdminAsync(HttpMethod.Get, $"/api/lifecycle/erasures?after={all[0]!["id"]}")).MustBe(HttpStatusCode.OK).Json["erasures"]!.AsArray();

        Assert.Equal(3, all.Count);
        Assert.Equal(all.Skip(1).Select(entry => entry!.ToJsonString()), rest.Select(entry => entry!.ToJsonString()));
        Assert.All(all, entry => Assert.Equal(["id", "issuer", "erasedAt"], entry!.AsObject().Select(member => member.Key)));
        (await app.AdminAsync(HttpMethod.Get, "/api/lifecycle/erasures?after=x")).MustBe(HttpStatusCode.BadRequest, "invalid-request");
    }

    private static async Task AddToLedgerAsync(TestApp app, int count)
    {
        foreach (var page in Enumerable.Range(0, count).Chunk(400))
        {
            var erasures = page.Select(_ => new { id = VoucherId.FromBytes(RandomNumberGenerator.GetBytes(20)).Value, issuer = "abcdefgh", erasedAt = app.Now }).ToList();
            (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures", new { erasures })).MustBe(HttpStatusCode.OK);
        }
    }

    private static async Task<string> ReplayAsync(TestApp app) =>
        (await app.AdminAsync(HttpMethod.Post, "/api/lifecycle/erasures/replay", new { from = "0" })).MustBe(HttpStatusCode.OK).Body;
}
