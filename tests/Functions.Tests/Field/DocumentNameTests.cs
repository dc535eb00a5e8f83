using System.Net;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>The names that computers, telephones and programs give to files.</summary>
public sealed class DocumentNameTests(AzuriteFixture azurite)
{
    private const string Composed = "Zürich Forêt.pdf";
    private const string Decomposed = "Zu\u0308rich Fore\u0302t.pdf";

    public static TheoryData<string, string> Names => Corpus.Read("document-names.tsv");

    public static TheoryData<string, string> RefusedNames => Corpus.Read("refused-names.tsv");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_is_kept_under_the_name_that_the_person_sees(string sent, string seen)
    {
        Assert.True(DocumentName.TryParse(sent, out var name));

        Assert.Equal(seen, name.Value);
        Assert.True(DocumentName.TryParse(seen, out var again));
        Assert.Equal(name, again);
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void A_name_is_refused_with_the_reason(string sent, string reason)
    {
        var refusal = DocumentName.Check(sent, out _);

        Assert.Equal("invalid-request", refusal?.Code);
        Assert.Equal(("errors", (object)("name", reason)), Assert.Single(refusal!.Members));
    }

    [Theory]
    [InlineData(Composed, Decomposed)]
    [InlineData(Decomposed, Composed)]
    [InlineData("Lebenslauf.pdf", "Lebens\u00ADlauf.pdf")]
    [InlineData(" CV.pdf ", "CV.pdf")]
    [InlineData("CV.pdf", "\u200BCV.pdf")]
    [InlineData("Vi\u1EC7t.pdf", "Vie\u0302\u0323t.pdf")]
    public async Task The_same_name_from_two_computers_is_one_document(string first, string second)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var kept = (await person.PutDocumentAsync(first, Files.Pdf())).MustBe(HttpStatusCode.Created);

        (await person.PutDocumentAsync(second, Files.Pdf(seed: 2))).MustBe(HttpStatusCode.PreconditionFailed, "document-exists");
        (await person.PutDocumentAsync(second, Files.Pdf(seed: 2), kept.Headers.ETag!.Tag)).MustBe(HttpStatusCode.OK);

        Assert.Equal(Files.Pdf(seed: 2), (await person.GetDocumentAsync(first)).MustBe(HttpStatusCode.OK).Bytes);
        Assert.Single((await person.DocumentsAsync()).Json["documents"]!.AsArray());
        Assert.Single(StreamedZip.Read((await person.Client.GetAsync("/api/documents.zip", bearer: null)).Bytes));
        (await person.RemoveDocumentAsync(second)).MustBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(Composed, Decomposed)]
    [InlineData("Vi\u1EC7t.pdf", "Vie\u0302\u0323t.pdf")]
    [InlineData("CV.pdf", "C\u200DV.pdf")]
    public async Task A_document_from_before_is_found_replaced_and_removed_under_its_name(string name, string sent)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var kept = (await person.PutDocumentAsync(name, Files.Pdf())).MustBe(HttpStatusCode.Created);
        await Stored.RenameAsBeforeAsync(app, person, name, sent);

        Assert.Equal(Files.Pdf(), (await person.GetDocumentAsync(name)).MustBe(HttpStatusCode.OK).Bytes);
        Assert.Equal(name, (await person.DocumentsAsync()).Json["documents"]![0]!["name"]!.GetValue<string>());
        (await person.PutDocumentAsync(name, Files.Pdf(seed: 2), kept.Headers.ETag!.Tag)).MustBe(HttpStatusCode.OK);
        Assert.Equal(Files.Pdf(seed: 2), (await person.GetDocumentAsync(sent)).MustBe(HttpStatusCode.OK).Bytes);
        (await person.RemoveDocumentAsync(name)).MustBe(HttpStatusCode.NoContent);

        Assert.Empty((await person.DocumentsAsync()).Json["documents"]!.AsArray());
    }
}
