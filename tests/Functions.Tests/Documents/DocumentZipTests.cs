using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

public sealed class DocumentZipTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task All_documents_come_in_one_file()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var documents = new Dictionary<string, byte[]>
        {
            ["CV.pdf"] = Files.Pdf(3_000_000),
            ["履歴書.pdf"] = Files.Pdf(10, seed: 2),
            ["empty.txt"] = [],
            ["cv.PDF"] = Files.Pdf(20, seed: 3),
            ["what?.txt"] = Files.Text("why"),
        };
        foreach (var (name, content) in documents)
        {
            (await person.PutDocumentAsync(name, content)).MustBe(HttpStatusCode.Created);
            app.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        var answer = (await person.Client.GetAsync("/api/documents.zip", bearer: null)).MustBe(HttpStatusCode.OK);

        Assert.Equal("application/zip", answer.ContentType);
        Assert.Equal("documents.zip", answer.ContentHeaders.ContentDisposition!.FileName);
        Assert.Equal(
            new Dictionary<string, byte[]>
            {
                ["what_.txt"] = documents["what?.txt"],
                ["cv.PDF"] = documents["cv.PDF"],
                ["empty.txt"] = [],
                ["履歴書.pdf"] = documents["履歴書.pdf"],
                ["CV (2).pdf"] = documents["CV.pdf"],
            },
            await Zips.ReadAsync(answer.Bytes));
    }

    [Fact]
    public async Task Without_documents_it_is_empty()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var answer = (await person.Client.GetAsync("/api/documents.zip", bearer: null)).MustBe(HttpStatusCode.OK);

        Assert.Empty(await Zips.ReadAsync(answer.Bytes));
    }
}
