using System.Net;
using System.Text;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P09_NobodyElseReadsTheProfile(AzuriteFixture azurite)
{
    private static readonly string[] OwnRoutes = ["/api/profile", "/api/profile/export", "/api/sessions", "/api/documents", "/api/documents/letter.txt", "/api/documents.zip", "/api/training/"];
    private static readonly string[] Secrets = ["anne@example.ch", "Anne Muster", "letter.txt", "Dear Sir"];

    [Fact]
    public async Task Everybody_sees_only_what_is_their_own()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var anne = await Journey.ActivatedAsync(app, "anne@example.ch");
        using var beat = await Journey.ActivatedAsync(app, "beat@example.ch");
        (await anne.PutDocumentAsync("letter.txt", "Dear Sir"u8.ToArray())).MustBe(HttpStatusCode.Created);

        Assert.Equal("anne@example.ch", (await anne.ProfileAsync()).Text("email"));
        Assert.Equal("beat@example.ch", (await beat.ProfileAsync()).Text("email"));
        (await beat.GetDocumentAsync("letter.txt")).MustBe(HttpStatusCode.NotFound, "document-unknown");
        Assert.DoesNotContain("letter.txt", (await beat.DocumentsAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_nothing_is_shown_whatever_key_is_sent()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        (await person.PutDocumentAsync("letter.txt", "Dear Sir"u8.ToArray())).MustBe(HttpStatusCode.Created);

        foreach (var route in OwnRoutes)
        {
            foreach (var key in new[] { null, app.IssuerKey, TestApp.AdminKey, "session" })
            {
                (await app.Client.GetAsync(route, key)).MustBe(HttpStatusCode.Unauthorized, "session-required");
            }
        }
    }

    [Fact]
    public async Task The_office_learns_that_its_voucher_is_used_and_not_by_whom()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (batch, vouchers) = await office.NewBatchAsync(1);
        using var person = new Journey(app, vouchers[0].Code, "anne@example.ch");
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);

        var seen = (await office.GetAsync($"/api/vouchers/{vouchers[0].Id}")).MustBe(HttpStatusCode.OK).Body + (await office.BatchAsync(batch)).MustBe(HttpStatusCode.OK).Body;

        Assert.Contains("\"active\"", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("anne", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("muster", seen, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Neither_name_nor_address_nor_document_is_stored_in_clear()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app, "anne@example.ch");
        (await person.PutDocumentAsync("letter.txt", "Dear Sir"u8.ToArray())).MustBe(HttpStatusCode.Created);

        var rows = string.Join('\n', await app.DumpAsync());
        var blobs = new StringBuilder();
        await foreach (var blob in app.Container("documents").GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            var content = await app.Container("documents").GetBlobClient(blob.Name).DownloadContentAsync(TestContext.Current.CancellationToken);
            blobs.Append(blob.Name).Append(Encoding.Latin1.GetString(content.Value.Content));
        }

        Assert.True(rows.Length > 1000 && blobs.Length > 0, "Nothing was stored.");
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, rows + blobs, StringComparison.OrdinalIgnoreCase));
    }
}
