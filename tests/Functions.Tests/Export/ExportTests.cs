using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Export;

/// <summary>"My data" holds everything that is stored about the person, each item with the instant by which it is erased.</summary>
public sealed class ExportTests(AzuriteFixture azurite)
{
    private const string Erased = "2028-02-20T23:00:00Z";

    /// <summary>Stored under another name than it is exported under; everything else has the same.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["registration.sealedName"] = "registration.name",
        ["registration.sealedEmail"] = "registration.email",
        ["registration.personLanguage"] = "registration.language",
        ["registration.registrationId"] = "registration.id",
        ["account.encryptedLastPage"] = "account.lastTrainingPage",
        ["account.documents"] = "account.documentBytes",
        ["account.logIns"] = "account.failedLogIns",
        ["sessions.attempts"] = "sessions.failedTries",
        ["voucher.voucherMailsAskedAt"] = "voucher.mailsAskedAt",
        ["documents.sealedName"] = "documents.name",
    };

    /// <summary>What no row holds: parts that have rows or members of their own, and what follows from others.</summary>
    private static readonly string[] NotStored =
    [
        "voucher.registration", "voucher.account",
        "sessions.version", "sessions.idleUntil", "mails.version", "documents.version", "documents.entityTag", "documents.sealContext",
        "planned.version", "planned.shard", "planned.row",
    ];

    private static readonly (string Section, Type Type)[] Records =
    [
        ("voucher", typeof(Voucher)), ("registration", typeof(Registration)), ("account", typeof(Account)), ("sessions", typeof(Session)),
        ("mails", typeof(OutboxMail)), ("documents", typeof(StoredDocument)), ("planned", typeof(DueItem)),
    ];

    [Fact]
    public async Task It_has_the_data_in_clear_and_the_documents()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);

        var answer = (await person.Client.GetAsync("/api/profile/export", bearer: null)).MustBe(HttpStatusCode.OK);

        var files = await Zips.ReadAsync(answer.Bytes);
        Assert.Equal(["documents/Zürich.pdf", "my-data.json"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Files.Pdf(), files["documents/Zürich.pdf"]);
        Assert.Contains("\"value\": \"Zürich.pdf\"", Encoding.UTF8.GetString(files["my-data.json"]), StringComparison.Ordinal);
        var data = JsonNode.Parse(files["my-data.json"])!;
        Assert.Equal("Anne Muster", Value(data, "registration", "name"));
        Assert.Equal(person.Email, Value(data, "registration", "email"));
        Assert.Equal("2026-11-22T10:00:00Z", Value(data, "registration", "enteredAt"));
        Assert.Equal("fr", Value(data, "registration", "language"));
        Assert.Equal("ORP Test", Value(data, "voucher", "office"));
        Assert.Equal("1", data["account"]!["documentCount"]!["value"]!.ToJsonString());
        Assert.Equal("1000", data["documents"]![0]!["size"]!["value"]!.ToJsonString());
        Assert.Equal("PasswordReset", data["mails"]![0]!["template"]!["value"]!.GetValue<string>());
        Assert.Equal(2, data["sessions"]!.AsArray().Count);
        Assert.Equal(
            ["mail", "lapse", "lapse", "remind", "remind", "remind", "lock", "delete"],
            data["planned"]!.AsArray().Select(plan => plan!["kind"]!["value"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Each_item_says_by_when_it_is_erased_and_why_when_it_is_not_shown()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);

        var data = await ExportAsync(person);

        Assert.All(Items(data), item =>
        {
            var erased = item.Path.StartsWith("mails.", StringComparison.Ordinal) ? "2026-11-22T11:00:00Z" : Erased;
            Assert.Equal(erased, item.Item["erasedAtLatest"]!.GetValue<string>());
            Assert.True(item.Item.ContainsKey("value") != item.Item["note"] is JsonValue, item.Path);
        });
        Assert.Equal(Erased, (await person.ProfileAsync()).Text("deletedAtLatest"));
    }

    /// <summary>By the records: a member that is new in one of them must be exported, or named above as one that is not stored.</summary>
    [Fact]
    public async Task Every_member_of_every_stored_record_is_in_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        var exported = Items(await ExportAsync(person)).Select(item => item.Path).ToHashSet();

        var stored = Records.SelectMany(record => record.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => $"{record.Section}.{CamelCase(property.Name)}")).Except(NotStored).Select(path => Renamed.GetValueOrDefault(path, path));

        Assert.Empty(stored.Except(exported));
    }

    /// <summary>By the rows: every column of every row that belongs to the person, whoever wrote it.</summary>
    [Fact]
    public async Task Every_column_of_every_row_of_the_person_is_in_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithAPastAsync(app);
        var exported = Items(await ExportAsync(person)).Select(item => item.Path).ToHashSet();
        var voucher = Stored.IdOf(app, person).Value;

        var rows = (await app.DumpAsync()).Where(row => row.Contains(voucher, StringComparison.Ordinal)).ToList();

        Assert.Equal(["due", "emails", "vouchers"], rows.Select(row => row.Split(':')[0]).Distinct().Order());
        var columns = rows.SelectMany(row => ColumnsOf(row)).Distinct().ToList();
        Assert.True(columns.Count > 60, $"{columns.Count} columns");
        Assert.Empty(columns.Where(column => !column.Any(path => exported.Contains(Renamed.GetValueOrDefault(path, path)))).Select(column => column[0]));
    }

    /// <summary>Everything that can be: a session elsewhere, a failed log-in, a mail that waits, a document, a page of the training.</summary>
    internal static async Task<Journey> WithAPastAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        using var elsewhere = person.Elsewhere();
        (await elsewhere.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await elsewhere.LogInAsync("wrong horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.PutDocumentAsync("Zürich.pdf", Files.Pdf())).MustBe(HttpStatusCode.Created);
        await app.SettleAsync();
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();
        return person;
    }

    internal static async Task<JsonNode> ExportAsync(Journey person)
    {
        var answer = (await person.Client.GetAsync("/api/profile/export", bearer: null)).MustBe(HttpStatusCode.OK);
        return JsonNode.Parse((await Zips.ReadAsync(answer.Bytes))["my-data.json"])!;
    }

    private static string Value(JsonNode data, string section, string item) => data[section]![item]!["value"]!.GetValue<string>();

    private static IEnumerable<(string Path, JsonObject Item)> Items(JsonNode data) =>
        from section in data.AsObject()
        where section.Value is JsonObject or JsonArray
        from sheet in section.Value is JsonArray many ? many.Select(one => one!.AsObject()) : [section.Value!.AsObject()]
        from item in sheet
        select ($"{section.Key}.{item.Key}", item.Value!.AsObject());

    /// <summary>The places in the export where each column may be: the state's row is three sections.</summary>
    private static IEnumerable<string[]> ColumnsOf(string row)
    {
        var key = row.Split("RowKey=")[1].Split(' ', '-')[0];
        string[] sections = (row.Split(':')[0], key) switch
        {
            ("emails", _) => ["addressClaim"],
            ("due", "mail") => ["planned", "mails"],
            ("due", _) => ["planned"],
            (_, "session") => ["sessions"],
            (_, "mail") => ["mails"],
            (_, "document") => ["documents"],
            _ => ["voucher", "registration", "account"],
        };
        return row[(row.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(" | ")
            .Select(column => column.Split('=')[0])
            .Where(column => column is not ("odata.etag" or "PartitionKey" or "RowKey" or "Timestamp"))
            .Select(column => sections.Select(section => $"{section}.{CamelCase(column)}").ToArray());
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
