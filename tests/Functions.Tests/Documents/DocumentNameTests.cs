using VoucherFunctions.Domain.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

public sealed class DocumentNameTests
{
    [Theory]
    [InlineData("CV.pdf")]
    [InlineData("Lettre de motivation – Müller & Söhne.docx")]
    [InlineData("履歴書.pdf")]
    [InlineData("السيرة الذاتية.pdf")]
    [InlineData("می‌خواهم.pdf")]
    [InlineData("a..b...PDF")]
    [InlineData("..pdf.txt")]
    [InlineData("100%.pdf")]
    [InlineData("👩‍🏭.jpg")]
    public void Names_in_any_script_are_names(string name) => Assert.True(DocumentName.TryParse(name, out _));

    [Theory]
    [InlineData("", "invalid-request")]
    [InlineData(".", "document-type-not-allowed")]
    [InlineData("..", "document-type-not-allowed")]
    [InlineData(".pdf", "document-type-not-allowed")]
    [InlineData("CV", "document-type-not-allowed")]
    [InlineData("CV.exe", "document-type-not-allowed")]
    [InlineData("CV.pdf.js", "document-type-not-allowed")]
    [InlineData("CV.svg", "document-type-not-allowed")]
    [InlineData("CV.html", "document-type-not-allowed")]
    [InlineData("CV.pdf.", "document-type-not-allowed")]
    [InlineData("../CV.pdf", "invalid-request")]
    [InlineData("..\\CV.pdf", "invalid-request")]
    [InlineData("a%2Fb.pdf", "invalid-request")]
    [InlineData("a%2fb.pdf", "invalid-request")]
    [InlineData("a\0.pdf", "invalid-request")]
    [InlineData("a\r\nSet-Cookie: b.pdf", "invalid-request")]
    [InlineData("a\u2028.pdf", "invalid-request")]
    [InlineData("fdp.\u202Egpj.pdf", "invalid-request")]
    [InlineData("\uFFFD.pdf", "invalid-request")]
    [InlineData("\uE000.pdf", "invalid-request")]
    public void What_is_a_path_hidden_or_of_no_known_type_is_none(string name, string code) =>
        Assert.Equal(code, DocumentName.Check(name, out _)?.Code);

    [Fact]
    public void Half_a_character_is_no_name() => Assert.Equal("invalid-request", DocumentName.Check("a" + (char)0xD800 + ".pdf", out _)?.Code);

    [Fact]
    public void A_name_has_150_characters_at_most()
    {
        Assert.True(DocumentName.TryParse(new string('a', 146) + ".pdf", out _));
        Assert.Equal("invalid-request", DocumentName.Check(new string('a', 147) + ".pdf", out _)?.Code);
    }
}
