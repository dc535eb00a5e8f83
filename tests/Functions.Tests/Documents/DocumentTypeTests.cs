using System.Net;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>The ending says what a document is, and its content must begin so.</summary>
public sealed class DocumentTypeTests(AzuriteFixture azurite)
{
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0];

    private static readonly Dictionary<string, byte[]> Right = new()
    {
        ["pdf"] = Files.Pdf(),
        ["docx"] = Files.Zip("[Content_Types].xml"),
        ["xlsx"] = Files.Zip("xl/workbook.xml"),
        ["pptx"] = Files.Zip("_rels/.rels"),
        ["odt"] = Files.Zip("mimetype", "application/vnd.oasis.opendocument.text"),
        ["ods"] = Files.Zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ["odp"] = Files.Zip("mimetype", "application/vnd.oasis.opendocument.presentation"),
        ["doc"] = CompoundFile,
        ["xls"] = CompoundFile,
        ["ppt"] = CompoundFile,
        ["rtf"] = Files.Text("{\\rtf1\\ansi}"),
        ["txt"] = Files.Text("Grüezi\r\n"),
        ["csv"] = Files.Text("a;b\n1;2\n"),
        ["md"] = Files.Text("# Lebenslauf\n"),
        ["jpg"] = [0xFF, 0xD8, 0xFF, 0xE0, 0],
        ["jpeg"] = [0xFF, 0xD8, 0xFF, 0xE1, 0],
        ["png"] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0],
        ["gif"] = Files.Text("GIF89a\0"),
        ["webp"] = [.. "RIFF"u8, 0, 1, 0, 0, .. "WEBPVP8 "u8],
        ["heic"] = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0],
    };

    private static readonly Dictionary<string, byte[]> Programs = new()
    {
        ["Windows"] = [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0],
        ["Linux"] = [0x7F, .. "ELF"u8, 2, 1, 1, 0],
        ["some other ZIP"] = Files.Zip("evil.exe"),
        ["part of a ZIP"] = [.. "PK\u0003\u0004"u8, 1],
        ["nothing"] = [],
        ["zeros"] = new byte[100],
    };

    public static TheoryData<string> Endings => [.. DocumentType.Endings];

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_content_that_begins_as_its_type_does_is_taken_and_every_other_is_not(string ending)
    {
        var type = DocumentType.Of($"a.{ending}")!;

        Assert.True(type.IsBeginning(Right[ending]));
        Assert.All(Programs.Where(program => program.Key != "nothing" || ending is not ("txt" or "csv" or "md")),
            program => Assert.False(type.IsBeginning(program.Value), program.Key));
        Assert.All(
            Right.Where(other => DocumentType.Of($"a.{other.Key}")!.MediaType != type.MediaType && !IsLike(ending, other.Key)),
            other => Assert.False(type.IsBeginning(other.Value), other.Key));
    }

    [Fact]
    public async Task A_program_that_calls_itself_a_document_is_not_kept()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.PutDocumentAsync("CV.pdf", Programs["Windows"])).MustBe(HttpStatusCode.UnsupportedMediaType, "document-type-not-allowed");
        (await person.PutDocumentAsync("CV.exe", Programs["Windows"])).MustBe(HttpStatusCode.UnsupportedMediaType, "document-type-not-allowed");

        Assert.Empty(await BlobNames.OfAsync(app));
        Assert.Empty((await person.DocumentsAsync()).Json["documents"]!.AsArray());
    }

    /// <summary>Formats that share a container, and texts, cannot be told from how they begin.</summary>
    private static bool IsLike(string ending, string other)
    {
        string[][] families = [["doc", "xls", "ppt"], ["docx", "xlsx", "pptx"], ["txt", "csv", "md", "rtf"]];
        return families.Any(family => family.Contains(ending) && family.Contains(other));
    }
}
