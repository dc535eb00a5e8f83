using System.Net;
using System.Text;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>The two ZIPs open on every system and in every program.</summary>
public sealed class ZipTests(AzuriteFixture azurite)
{
    private static readonly string[] Zips = ["/api/documents.zip", "/api/profile/export"];

    public static TheoryData<string, string> Names => Corpus.Read("zip-names.tsv");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_document_unpacks_on_Windows_macOS_and_Linux(string name, string expected)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = ContentOf(name);
        (await person.PutDocumentAsync(name, content)).MustBe(HttpStatusCode.Created);

        foreach (var zip in Zips)
        {
            var entries = StreamedZip.Read((await person.Client.GetAsync(zip, bearer: null)).MustBe(HttpStatusCode.OK).Bytes);

            var entry = Assert.Single(entries, entry => entry.Key != "my-data.json");
            Assert.Equal(expected, entry.Key.Replace("documents/", "", StringComparison.Ordinal));
            Assert.Equal(content, entry.Value);
        }
    }

    [Fact]
    public async Task No_two_documents_become_one_file_on_any_computer()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        string[] names = ["CV.pdf", "cv.PDF", "CV (2).pdf", "con.txt", "_con.txt", "CON.TXT", "Straße.txt", "STRASSE.txt", "a?.txt", "a*.txt", "a_.txt", "eﬃcace.txt", "efficace.txt"];
        foreach (var name in names)
        {
            (await person.PutDocumentAsync(name, ContentOf(name))).MustBe(HttpStatusCode.Created);
        }

        foreach (var zip in Zips)
        {
            var entries = StreamedZip.Read((await person.Client.GetAsync(zip, bearer: null)).MustBe(HttpStatusCode.OK).Bytes).Keys.Where(entry => entry != "my-data.json").ToList();

            Assert.Equal(names.Length, entries.Count);
            Assert.Equal(names.Length, entries.Select(entry => entry.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal).Replace("ﬃ", "FFI", StringComparison.Ordinal)).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_long_content_is_readable_as_a_stream_whether_its_checksum_is_known_or_not()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = Files.Pdf(3_000_000);
        (await person.PutDocumentAsync("long.pdf", content)).MustBe(HttpStatusCode.Created);
        (await person.PutDocumentAsync("empty.txt", [])).MustBe(HttpStatusCode.Created);
        await AssertBothAsync(person, content);

        await Stored.ForgetChecksumAsync(app, person, "long.pdf");

        await AssertBothAsync(person, content);
    }

    [Theory]
    [InlineData("履", ".pdf", 83)]
    [InlineData("👩‍🏭", ".jpg", 22)]
    [InlineData("е\u0301", ".docx", 62)]
    [InlineData("a", ".pdf", 146)]
    [InlineData("ü", ".xlsx", 125)]
    [InlineData("한", ".png", 83)]
    public void A_long_name_is_cut_between_two_letters_so_that_Linux_can_store_it(string letter, string ending, int letters)
    {
        var name = string.Concat(Enumerable.Repeat(letter, 146 / letter.Length)) + ending;

        Assert.Equal(string.Concat(Enumerable.Repeat(letter, letters)) + ending, PortableFileName.Of(name));
        Assert.InRange(Encoding.UTF8.GetByteCount(PortableFileName.Of(name, " (500)")), 100, 255);
        Assert.EndsWith(" (500)" + ending, PortableFileName.Of(name, " (500)"), StringComparison.Ordinal);
    }

    private static async Task AssertBothAsync(Journey person, byte[] content)
    {
        foreach (var zip in Zips)
        {
            var entries = StreamedZip.Read((await person.Client.GetAsync(zip, bearer: null)).MustBe(HttpStatusCode.OK).Bytes);
            Assert.Equal(content, entries.Single(entry => entry.Key.EndsWith("long.pdf", StringComparison.Ordinal)).Value);
            Assert.Empty(entries.Single(entry => entry.Key.EndsWith("empty.txt", StringComparison.Ordinal)).Value);
        }
    }

    private static byte[] ContentOf(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".PDF" => Files.Pdf(),
        ".DOCX" => Contents.Of("docx"),
        ".JPG" => [0xFF, 0xD8, 0xFF, 0xE0, 0],
        _ => Files.Text(name),
    };
}
