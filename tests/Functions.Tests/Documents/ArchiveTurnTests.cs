using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>An account has one archive under way; the newest request wins.</summary>
public sealed class ArchiveTurnTests(AzuriteFixture azurite)
{
    private const string Zip = "/api/documents.zip";
    private const string Export = "/api/profile/export";

    [Theory]
    [InlineData(Zip, Zip, false)]
    [InlineData(Zip, Export, false)]
    [InlineData(Export, Zip, false)]
    [InlineData(Export, Export, false)]
    [InlineData(Zip, Zip, true)]
    [InlineData(Export, Export, true)]
    public async Task Who_asks_for_an_archive_again_gets_it_and_only_the_earlier_one_of_the_same_account_breaks_off(string first, string second, bool isOfSomebodyElse)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentsAsync(app);
        using var other = isOfSomebodyElse ? await WithDocumentsAsync(app) : null;
        using var early = await person.Client.GetAsync(first, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        var late = (await (other ?? person).Client.GetAsync(second, bearer: null)).MustBe(HttpStatusCode.OK);

        Assert.True(late.Bytes.Length > 20_000_000, $"{late.Bytes.Length} bytes");
        Assert.Equal(isOfSomebodyElse, await ComesToItsEndAsync(early));
    }

    [Fact]
    public async Task One_archive_after_the_other_both_come_whole()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentsAsync(app);

        var first = (await person.Client.GetAsync(Zip, bearer: null)).MustBe(HttpStatusCode.OK);
        var second = (await person.Client.GetAsync(Zip, bearer: null)).MustBe(HttpStatusCode.OK);

        Assert.Equal(first.Bytes, second.Bytes);
    }

    /// <summary>So much that it does not fit into what lies between the app and a client that does not read.</summary>
    private static async Task<Journey> WithDocumentsAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        foreach (var name in (string[])["a.pdf", "b.pdf"])
        {
            (await person.PutDocumentAsync(name, Files.Pdf(12_000_000))).MustBe(HttpStatusCode.Created);
        }
        return person;
    }

    private static async Task<bool> ComesToItsEndAsync(HttpResponseMessage response)
    {
        try
        {
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return false;
        }
    }
}
