using System.Net;
using System.Text;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>Both published heads print: the PDF library calls back into the app, and each head has its own way of being called.</summary>
public sealed class PrintingTests(AzuriteFixture azurite, PublishedFixture published)
{
    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task A_batch_is_printed_listed_and_shown_by_both_heads(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        var batch = (await app.IssueAsync(3, "printing")).Json["batchId"]!.GetValue<string>();

        var pdf = Encoding.Latin1.GetString((await GetAsync("application/pdf")).Bytes);
        var page = await GetAsync("text/html");
        var table = await GetAsync("text/csv");

        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF", pdf.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("/Count 3", pdf, StringComparison.Ordinal);
        Assert.Contains("/Lang", pdf, StringComparison.Ordinal);
        Assert.Equal(3, page.Body.Split("<svg").Length - 1);
        Assert.Equal(5, table.Body.Split("\r\n").Length);

        Task<Answer> GetAsync(string accept) => WholeJourney.ExpectAsync(app, HttpStatusCode.OK, app.Client.SendAsync(
            HttpMethod.Get, $"/api/vouchers/batches/{batch}", null, app.IssuerKey, ("Accept", accept)));
    }
}
