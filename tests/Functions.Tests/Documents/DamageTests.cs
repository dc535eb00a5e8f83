using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>What is lost or damaged takes nothing else with it: the other documents are listed, and are in the ZIPs, which say what is not.</summary>
public sealed class DamageTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_damaged_row_is_counted_and_the_others_are_listed()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentsAsync(app, "a.pdf", "b.pdf");
        await DamageRowAsync(app, person, "a.pdf");

        var list = (await person.DocumentsAsync()).MustBe(HttpStatusCode.OK).Json;

        Assert.Equal(["b.pdf"], list["documents"]!.AsArray().Select(document => document!["name"]!.GetValue<string>()));
        Assert.Equal(1, list["damaged"]!.GetValue<int>());
        Assert.Equal(2000, list["usedBytes"]!.GetValue<long>());
        (await person.RemoveDocumentAsync("a.pdf")).MustBe(HttpStatusCode.NoContent);
        Assert.False((await person.DocumentsAsync()).Json.AsObject().ContainsKey("damaged"));
    }

    [Theory]
    [InlineData("fr", "Documents manquants.txt", "ne sont pas dans ce fichier")]
    [InlineData("de", "Fehlende Dokumente.txt", "nicht in dieser Datei")]
    [InlineData("it", "Documenti mancanti.txt", "non sono in questo file")]
    [InlineData("en", "Missing documents.txt", "not in this file")]
    public async Task The_ZIP_leaves_out_what_is_known_to_be_damaged_and_says_so(string language, string note, string saying)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentsAsync(app, "whole.pdf", "lost.pdf", "short.pdf", "changed.pdf", "row.pdf", note);
        (await person.ChangeProfileAsync(new { language })).MustBe(HttpStatusCode.OK);
        await DamageAsync(app, person);

        var zip = await Zips.ReadAsync((await person.Client.GetAsync("/api/documents.zip", bearer: null)).MustBe(HttpStatusCode.OK).Bytes);

        var told = note.Replace(".txt", " (2).txt", StringComparison.Ordinal);
        Assert.Equal([.. new[] { "whole.pdf", note, told }.Order(StringComparer.Ordinal)], zip.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Files.Pdf(), zip["whole.pdf"]);
        var text = Encoding.UTF8.GetString(zip[told]);
        Assert.Contains(saying, text, StringComparison.Ordinal);
        Assert.All(["- lost.pdf\r\n", "- short.pdf\r\n", "- changed.pdf\r\n", ": 1\r\n"], line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.DoesNotContain("row.pdf", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_has_the_rest_and_says_what_is_damaged_also_in_the_middle_of_a_long_content()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentsAsync(app, "whole.pdf", "lost.pdf", "short.pdf", "changed.pdf", "row.pdf");
        (await person.PutDocumentAsync("long.pdf", Files.Pdf(3_000_000))).MustBe(HttpStatusCode.Created);
        await DamageAsync(app, person);
        await ChangeContentAsync(app, person, "long.pdf", content => content[1_500_000] ^= 1);

        var zip = await Zips.ReadAsync((await person.Client.GetAsync("/api/profile/export", bearer: null)).MustBe(HttpStatusCode.OK).Bytes);

        Assert.Equal(["documents/whole.pdf", "my-data.json"], zip.Keys.Order(StringComparer.Ordinal));
        var documents = JsonNode.Parse(zip["my-data.json"])!["documents"]!.AsArray();
        Assert.Equal("documents/whole.pdf", Assert.Single(documents, document => document!["content"]!["value"] is not null)!["content"]!["value"]!.GetValue<string>());
        var damaged = documents.Where(document => document!["content"]!["note"] is not null).ToList();
        Assert.Equal(
            ["changed.pdf", "long.pdf", "lost.pdf", "short.pdf", "unreadable"],
            damaged.Select(document => document!["name"]!["value"]?.GetValue<string>() ?? "unreadable").Order(StringComparer.Ordinal));
        Assert.All(documents, document => Assert.NotNull(document!["size"]!["value"]));
    }

    /// <summary>Lost, too short, changed, and a row that does not open.</summary>
    private static async Task DamageAsync(TestApp app, Journey person)
    {
        await (await BlobAsync(app, person, "lost.pdf")).DeleteAsync(cancellationToken: Cancellation);
        await ChangeContentAsync(app, person, "changed.pdf", content => content[100] ^= 1);
        var cut = await BlobAsync(app, person, "short.pdf");
        await cut.UploadAsync(new BinaryData((await cut.DownloadContentAsync(Cancellation)).Value.Content.ToArray()[..500]), overwrite: true, Cancellation);
        await DamageRowAsync(app, person, "row.pdf");
    }

    private static async Task<Journey> WithDocumentsAsync(TestApp app, params IEnumerable<string> names)
    {
        var person = await Journey.ActivatedAsync(app);
        foreach (var name in names)
        {
            (await person.PutDocumentAsync(name, name.EndsWith(".txt", StringComparison.Ordinal) ? Files.Text(name) : Files.Pdf())).MustBe(HttpStatusCode.Created);
        }
        return person;
    }

    private static async Task ChangeContentAsync(TestApp app, Journey person, string name, Action<byte[]> change)
    {
        var blob = await BlobAsync(app, person, name);
        var content = (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToArray();
        change(content);
        await blob.UploadAsync(new BinaryData(content), overwrite: true, Cancellation);
    }

    private static async Task DamageRowAsync(TestApp app, Journey person, string name)
    {
        var (voucher, id) = await IdOfAsync(app, person, name);
        TableEntity row = await app.Table("vouchers").GetEntityAsync<TableEntity>(voucher, $"document-{id}", cancellationToken: Cancellation);
        row["SealedName"] = new byte[60];
        await app.Table("vouchers").UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
    }

    private static async Task<Azure.Storage.Blobs.BlobClient> BlobAsync(TestApp app, Journey person, string name)
    {
        var (read, (_, id)) = (await Stored.ReadAsync(app, person), await IdOfAsync(app, person, name));
        var stored = await app.Services.GetRequiredService<VoucherTable>().FindDocumentAsync(read.Voucher.Id, id, Cancellation);
        return app.Container("documents").GetBlobClient($"{read.Voucher.Registration!.AccountId}/{stored!.BlobId}");
    }

    private static async Task<(string Voucher, string Document)> IdOfAsync(TestApp app, Journey person, string name)
    {
        Assert.True(DocumentName.TryParse(name, out var parsed));
        var read = await Stored.ReadAsync(app, person);
        return (read.Voucher.Id.Value, app.Services.GetRequiredService<DocumentSeals>().IdOf(read.Voucher.Registration!, parsed));
    }
}
