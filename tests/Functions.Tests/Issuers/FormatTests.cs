using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class FormatTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", "text/html")]
    [InlineData("text/html;q=0.9, application/pdf", "application/pdf")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json, application/problem+json", "application/json")]
    [InlineData("not a media type", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/*", "text/csv")]
    [InlineData("application/json;q=0.5, text/csv", "text/csv")]
    [InlineData("TEXT/CSV; charset=utf-8", "text/csv")]
    [InlineData("*/*;q=0.1, application/pdf", "application/pdf")]
    [InlineData("*/*, application/json;q=0, text/csv;q=0", "application/pdf")]
    public async Task The_format_is_the_one_that_Accept_likes_best(string? accept, string expected)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 1 }, accept);

        Assert.True(answer.Status == HttpStatusCode.Created, answer.ToString());
        Assert.Equal(expected, answer.ContentType);
    }

    [Fact]
    public async Task A_format_that_cannot_be_given_is_refused_before_anything_is_issued()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 1 }, "image/png");

        Assert.Equal("not-acceptable", answer.Code);
        Assert.Empty(await app.DumpAsync("vouchers"));
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/pdf")]
    [InlineData("text/html")]
    public async Task A_file_of_a_new_batch_says_where_the_batch_is_and_what_to_call_the_file(string accept)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 1 }, accept);

        var location = answer.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await office.GetAsync(location)).Status);
        Assert.Equal(
            $"vouchers-{location.Split('/')[^1]}.{accept.Split('/')[1]}", answer.ContentHeaders.ContentDisposition!.FileName!.Trim('"'));
    }

    [Fact]
    public async Task The_same_request_in_another_format_is_the_same_batch()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var first = await office.IssueAsync(new { count = 3 }, "application/json", idempotencyKey: "once");

        var second = await office.IssueAsync(new { count = 3 }, "text/csv", idempotencyKey: "once");

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.All(first.Json["vouchers"]!.AsArray(), voucher => Assert.Contains(voucher!["code"]!.GetValue<string>(), second.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_QR_code_comes_as_SVG_when_asked_for_and_only_then()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var asked = await office.IssueAsync(new { count = 2 }, query: "?include=qr");
        var plain = await office.IssueAsync(new { count = 2 });

        Assert.All(asked.Json["vouchers"]!.AsArray(), voucher =>
            Assert.StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", voucher!["qr"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.DoesNotContain("\"qr\":", plain.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?include=everything", "include")]
    [InlineData("?bom=1", "bom")]
    [InlineData("?separator=pipe", "separator")]
    public async Task A_query_that_is_not_understood_is_refused(string query, string field)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 1 }, query: query);

        Assert.Equal("invalid-request", answer.Code);
        Assert.Equal("invalid", answer.Json["errors"]![field]![0]!.GetValue<string>());
    }
}
