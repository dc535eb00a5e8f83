using System.Net;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>Files whose content and name disagree, and files that are no documents.</summary>
public sealed class ContentTests(AzuriteFixture azurite)
{
    private static readonly string[] Texts = ["txt", "csv", "md"];

    /// <summary>One content of each type that is kept, and its own ending. Texts do not tell which of three they are.</summary>
    private static readonly Dictionary<string, DocumentType> Types = new()
    {
        ["pdf"] = DocumentType.Pdf,
        ["docx"] = DocumentType.Docx,
        ["xlsx"] = DocumentType.Xlsx,
        ["pptx"] = DocumentType.Pptx,
        ["odt"] = DocumentType.Odt,
        ["ods"] = DocumentType.Ods,
        ["odp"] = DocumentType.Odp,
        ["doc"] = DocumentType.Doc,
        ["xls"] = DocumentType.Xls,
        ["ppt"] = DocumentType.Ppt,
        ["rtf"] = DocumentType.Rtf,
        ["jpeg"] = DocumentType.Jpeg,
        ["png"] = DocumentType.Png,
        ["gif"] = DocumentType.Gif,
        ["webp"] = DocumentType.Webp,
        ["heic"] = DocumentType.Heic,
        ["avif"] = DocumentType.Avif,
        ["tiff"] = DocumentType.Tiff,
    };

    public static TheoryData<string, string> Corpora => Corpus.Read("contents.tsv");

    public static TheoryData<string> Endings => [.. DocumentType.Endings];

    [Theory]
    [MemberData(nameof(Corpora))]
    public void A_file_is_kept_as_what_it_is_or_refused_with_what_it_is(string file, string expected)
    {
        var parts = file.Split(" as ");

        Assert.Equal(expected, Tell(Contents.Of(parts[0]), parts[1]));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void Every_document_is_kept_under_every_ending_and_gets_its_own_back(string ending)
    {
        foreach (var (kind, type) in Types)
        {
            var ownName = DocumentType.Of($"a.{ending}") == type ? $"a.{ending}" : $"a.{type.Ending}";

            Assert.Equal($"{type.MediaType} {ownName}", Tell(Contents.Of(kind), $"a.{ending}"));
        }
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_program_is_kept_under_no_ending_but_of_a_text(string ending)
    {
        Assert.Equal(UnkeptContent.Program, Tell(Contents.Of("exe"), $"a.{ending}"));
        Assert.Equal(Texts.Contains(ending) ? $"{DocumentType.Of($"a.{ending}")!.MediaType} a.{ending}" : UnkeptContent.Program, Tell(Contents.Of("script"), $"a.{ending}"));
    }

    [Fact]
    public void Every_reason_and_every_content_occurs_in_the_corpus()
    {
        var lines = Corpora.Select(line => (File: line.Data.Item1, Expected: line.Data.Item2)).ToList();

        Assert.Empty(UnkeptContent.All.Except(lines.Select(line => line.Expected)));
        Assert.Empty(Contents.Kinds.Except(lines.Select(line => line.File.Split(" as ")[0])).Except(Types.Keys));
    }

    [Fact]
    public async Task A_photo_with_a_wrong_ending_keeps_its_name_and_is_downloaded_under_one_that_opens()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var kept = (await person.PutDocumentAsync("Foto.jpg", Contents.Of("webp"))).MustBe(HttpStatusCode.Created);

        var back = (await person.GetDocumentAsync("Foto.jpg")).MustBe(HttpStatusCode.OK);
        var listed = (await person.DocumentsAsync()).Json["documents"]![0]!;

        Assert.Equal(("Foto.jpg", "image/webp"), (kept.Json["name"]!.GetValue<string>(), kept.Json["type"]!.GetValue<string>()));
        Assert.Equal(("Foto.jpg", "image/webp"), (listed["name"]!.GetValue<string>(), listed["type"]!.GetValue<string>()));
        Assert.Equal(("image/webp", "Foto.webp"), (back.ContentType, back.ContentHeaders.ContentDisposition!.FileNameStar));
        Assert.Equal(Contents.Of("webp"), back.Bytes);
        Assert.Equal("Foto.webp", Assert.Single(StreamedZip.Read((await person.Client.GetAsync("/api/documents.zip", bearer: null)).Bytes)).Key);
        (await person.PutDocumentAsync("Foto.jpg", Contents.Of("jpeg"))).MustBe(HttpStatusCode.PreconditionFailed, "document-exists");
        (await person.PutDocumentAsync("Foto.jpg", Contents.Of("jpeg"), kept.Headers.ETag!.Tag)).MustBe(HttpStatusCode.OK);
        Assert.Equal("image/jpeg", (await person.GetDocumentAsync("Foto.jpg")).ContentType);
        (await person.RemoveDocumentAsync("Foto.jpg")).MustBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("CV.pdf", "exe", "program")]
    [InlineData("CV.docx", "zip", "archive")]
    [InlineData("CV.doc", "msg", "mail")]
    [InlineData("CV.docx", "pages", "apple")]
    [InlineData("CV.pdf", "empty", "empty")]
    [InlineData("CV", "pdf", "no-ending")]
    public async Task What_is_no_document_is_refused_with_what_it_is_and_leaves_nothing_behind(string name, string content, string reason)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var answer = (await person.PutDocumentAsync(name, Contents.Of(content))).MustBe(HttpStatusCode.UnsupportedMediaType, "document-type-not-allowed");

        Assert.Equal(reason, answer.Json["reason"]!.GetValue<string>());
        Assert.Empty(await BlobNames.OfAsync(app));
        Assert.Equal(default, await Stored.TotalsAsync(app, person));
        Assert.Empty((await person.DocumentsAsync()).Json["documents"]!.AsArray());
    }

    [Fact]
    public async Task A_file_that_is_refused_after_it_came_in_counts_among_the_uploads_of_the_day()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.PutDocumentAsync("CV.docx", Contents.Of("zip"))).MustBe(HttpStatusCode.UnsupportedMediaType, "document-type-not-allowed");

        Assert.Equal((1, Contents.Of("zip").Length), await UploadsAsync(app, person));
    }

    private static async Task<(int Count, long Bytes)> UploadsAsync(TestApp app, Journey person)
    {
        var uploads = (await Stored.ReadAsync(app, person)).Voucher.Account!.Uploads;
        return (uploads.Count, uploads.Bytes);
    }

    private static string Tell(byte[] content, string name)
    {
        var refusal = DocumentName.Check(name, out var parsed);
        if (refusal is null)
        {
            var inspection = new ContentInspection(parsed!.Type);
            refusal = inspection.Begin(content.AsSpan(0, Math.Min(content.Length, 4096)));
            foreach (var piece in content.Chunk(1000))
            {
                inspection.Append(piece);
            }
            if (refusal is null && !inspection.End().IsRefused(out refusal, out var type))
            {
                var whole = parsed.Holding(type);
                Assert.True(DocumentName.TryParseSealed(whole.Sealed, out var again));
                Assert.Equal((whole.FileName, type), (again.FileName, again.Type));
                return $"{type.MediaType} {whole.FileName}";
            }
        }
        Assert.Equal("document-type-not-allowed", refusal!.Code);
        return (string)Assert.Single(refusal.Members).Value;
    }
}
