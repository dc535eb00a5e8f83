using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

/// <summary>docs/privacy.md names what is stored: every table, column and container, and nothing that is not.</summary>
public sealed partial class PrivacyDocTests(AzuriteFixture azurite)
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "privacy.md"));
    private static readonly string[] TheServicesOwn = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    /// <summary>Table → the columns that its section names.</summary>
    private static readonly Dictionary<string, HashSet<string>> Documented = Section().Matches(Document).ToDictionary(
        section => section.Groups[1].Value,
        section => Row().Matches(section.Groups[2].Value).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value).ToHashSet());

    [Fact]
    public void Every_table_and_container_is_described_and_no_other()
    {
        Assert.Equal(StorageTables.Names.Order(), Documented.Keys.Order());
        var containers = Document.Split("### Containers")[1].Split("\n## ")[0];
        Assert.Equal(StorageBlobs.Names.Order(), Container().Matches(containers).Select(row => row.Groups[1].Value).Order());
    }

    [Fact]
    public void Every_column_that_a_store_writes_is_described_and_no_other()
    {
        var written = Directory.GetFiles(Path.Combine(Repository.Root, "functions", "Storage"), "*.cs")
            .SelectMany(file => Written().Matches(File.ReadAllText(file)))
            .Select(column => column.Groups[1].Value + column.Groups[2].Value)
            .ToHashSet();

        Assert.Equal(written.Order(), Documented.Values.SelectMany(columns => columns).Distinct().Order());
    }

    /// <summary>Shows that the test before looks for the right thing, and each column in the right table.</summary>
    [Fact]
    public async Task What_a_journey_leaves_in_a_table_is_described_there()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await PeopleAsync(app);
        var found = new HashSet<string>();

        foreach (var table in StorageTables.Names)
        {
            await foreach (var row in app.Table(table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            {
                found.UnionWith(row.Keys.Except(TheServicesOwn).Select(column => $"{table}.{column}"));
            }
        }

        Assert.Empty(found.Except(Documented.SelectMany(table => table.Value.Select(column => $"{table.Key}.{column}"))));
        Assert.True(found.Count > 60, $"Only {found.Count} columns were seen.");
    }

    private static async Task PeopleAsync(TestApp app)
    {
        using var registered = await Journey.RegisteredAsync(app);
        using var erased = await Journey.ActivatedAsync(app);
        using var active = await Journey.ActivatedAsync(app);
        await app.Container("training").UploadBlobAsync("index.html", new BinaryData("start"), TestContext.Current.CancellationToken);
        (await active.Client.SendAsync(HttpMethod.Get, "/api/training/index.html", null, null, ("Sec-Fetch-Dest", "document"))).MustBe(HttpStatusCode.OK);
        (await active.LogInAsync("wrong horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        app.Mailbox.Failure = new VoucherFunctions.Mail.MailOutcome.Unavailable("503");
        (await active.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        (await erased.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        (await app.Client.PostAsync("/api/vouchers/check", new { code = "0000-0000-0000-0000" })).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        await app.RunTimerAsync<VoucherFunctions.Issuers.CountVouchers>();
    }

    [GeneratedRegex("^### Table `([a-z]+)`\n(.*?)(?=^#)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    /// <summary>The second cell of a row.</summary>
    [GeneratedRegex(@"^\|[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("^\\| `([a-z]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Container();

    /// <summary>As stores write them: in an initializer or an assignment by index, or by their helper that leaves out what is null.</summary>
    [GeneratedRegex("\\[\"([A-Z][A-Za-z]+)\"\\] = |Set\\(entity, \"([A-Z][A-Za-z]+)\"")]
    private static partial Regex Written();
}
