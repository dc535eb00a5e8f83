using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Export;

/// <summary>By the rows that are really there: a kind of row that is new and belongs to a person must be told in the export.</summary>
public sealed class ExportRowsTests(AzuriteFixture azurite)
{
    /// <summary>The last call of an upload that can die so that its blob is there and no row names it.</summary>
    private const int CallsOfTheUpload = 6;

    [Fact]
    public async Task Every_row_of_the_person_is_told_in_it_and_nothing_else()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await ExportTests.WithAPastAsync(app);
        app.Calls.Before = number => _ = number < CallsOfTheUpload ? number : throw new IOException("As if the process had died.");
        await person.PutDocumentAsync("large.pdf", Files.Pdf(5_000_000));
        app.Calls.Before = null;

        var rows = await RowsOfAsync(app, Stored.IdOf(app, person).Value);
        var told = TellingsOf(await ExportTests.ExportAsync(person)).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(
            ["claim", "document", "due blob", "due delete", "due lapse", "due lock", "due mail", "due remind", "mail", "session", "voucher"],
            rows.Select(row => row.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(rows.Order(StringComparer.Ordinal), told);
    }

    /// <summary>Every row of every table that names the voucher, by what the export says of its kind.</summary>
    private static async Task<IReadOnlyList<string>> RowsOfAsync(TestApp app, string voucher)
    {
        var rows = new List<string>();
        foreach (var table in StorageTables.Names)
        {
            await foreach (var row in app.Table(table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            {
                if (row.Any(cell => cell.Value is string text && text.Contains(voucher, StringComparison.Ordinal)))
                {
                    rows.Add(Telling(table, row));
                }
            }
        }
        return rows;
    }

    private static string Telling(string table, TableEntity row) => (table, row.RowKey.Split('-')[0]) switch
    {
        ("vouchers", "state") => $"voucher: {row["Status"]} {Instant(row, "StatusChangedAt")}",
        ("vouchers", "session") => $"session: {row.RowKey["session-".Length..]}",
        ("vouchers", "mail") => $"mail: {row["Template"]} {Instant(row, "CreatedAt")}",
        ("vouchers", "document") => $"document: {row["Size"]} {Instant(row, "ModifiedAt")}",
        ("emails", "claim") => "claim: there is one",
        ("due", var kind) => $"due {kind}: {Instant(row, "At")}",
        _ => $"a kind of row that the export does not know: {table} {row.RowKey}",
    };

    private static IEnumerable<string> TellingsOf(JsonNode data) =>
    [
        $"voucher: {Value(data["voucher"]!, "status")} {Value(data["voucher"]!, "statusChangedAt")}",
        .. data["addressClaim"] is null ? [] : (string[])["claim: there is one"],
        .. data["sessions"]!.AsArray().Select(session => $"session: {Value(session!, "id")}"),
        .. data["mails"]!.AsArray().Select(mail => $"mail: {Value(mail!, "template")} {Value(mail!, "createdAt")}"),
        .. data["documents"]!.AsArray().Select(document => $"document: {Value(document!, "size")} {Value(document!, "modifiedAt")}"),
        .. data["planned"]!.AsArray().Select(item => $"due {Value(item!, "kind")}: {Value(item!, "at")}"),
    ];

    private static string Instant(TableEntity row, string column) =>
        row.GetDateTimeOffset(column)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Value(JsonNode sheet, string item) => sheet[item]!["value"]?.ToString() ?? "";
}
