using System.Text.RegularExpressions;
using ArchUnitNET.Loader;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Hosting;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Architecture;

/// <summary>Which part of the source may use which, read from the compiled assemblies.</summary>
public sealed partial class ArchitectureTests
{
    private const string App = "VoucherFunctions";
    private const string Domain = "VoucherFunctions.Domain";

    /// <summary>The folders of functions/, the top first: each uses only those below it.</summary>
    private static readonly string[] Layers =
    [
        "Hosting", "Export", "Registrations", "Keys", "Issuers", "Printing", "Lifecycle", "Mail", "Documents", "Training", "Accounts", "Vouchers", "Http", "Security", "Storage", "Telemetry", "Settings",
    ];

    private static readonly IReadOnlyList<Use> Uses =
    [
        .. from type in new ArchLoader().LoadAssemblies(typeof(Voucher).Assembly, typeof(VoucherPlatform).Assembly).Build().Types
           from dependency in type.Dependencies
           where type.FullName.StartsWith(App, StringComparison.Ordinal) && dependency.Target?.Namespace is not null
           select new Use(type.Namespace.FullName, type.Name, dependency.Target.Namespace.FullName, dependency.Target.Name),
    ];

    [Fact]
    public void The_domain_knows_neither_Azure_nor_ASP_NET_Core_nor_the_app() => Assert.DoesNotContain(Uses, use => IsIn(use.From, Domain) && !IsIn(use.To, Domain)
        && (IsIn(use.To, App) || IsIn(use.To, "Azure") || IsIn(use.To, "Microsoft.AspNetCore") || IsIn(use.To, "Microsoft.Extensions")));

    [Fact]
    public void Only_storage_knows_the_clients_of_tables_and_blobs()
    {
        // The settings check the connection string with the clients' own parser.
        string[] others = ["DevelopmentKeys", "StorageOptions"];

        var known = Uses.Where(use => IsIn(use.To, "Azure.Data.Tables") || IsIn(use.To, "Azure.Storage")).ToList();

        Assert.Contains(known, use => use.From == $"{App}.Storage");
        Assert.Equal(others, known.Where(use => use.From != $"{App}.Storage").Select(use => use.FromType).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Endpoints_do_not_see_tables()
    {
        // Readiness asks the tables themselves.
        string[] others = ["HealthEndpoints"];

        var seeing = Uses
            .Where(use => use.FromType.EndsWith("Endpoint", StringComparison.Ordinal) || use.FromType.EndsWith("Endpoints", StringComparison.Ordinal))
            .Where(use => use.ToType is "StorageTables" or "Table" or "TableBatch" || use.ToType.EndsWith("Rows", StringComparison.Ordinal));

        Assert.Equal(others, seeing.Select(use => use.FromType).Distinct());
    }

    [Fact]
    public void No_folder_uses_one_above_it()
    {
        var between = Uses.Select(use => (From: FolderOf(use.From), To: FolderOf(use.To))).Where(use => use is { From: not null, To: not null } && use.From != use.To).Distinct().ToList();

        Assert.Empty(between.SelectMany(use => new[] { use.From, use.To }).Except(Layers));
        var upwards = between.Where(use => Array.IndexOf(Layers, use.From) > Array.IndexOf(Layers, use.To)).Select(use => $"{use.From} -> {use.To}");
        Assert.Empty(upwards);
    }

    [Fact]
    public void Dates_for_people_are_written_in_one_place()
    {
        var writing = Files().Where(file => DateForPeople().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName);

        Assert.Equal(["SwissDates.cs"], writing);
    }

    /// <summary>Null for the domain, the root and what is not ours.</summary>
    private static string? FolderOf(string space) => IsIn(space, App) && !IsIn(space, Domain) && space.Split('.') is [_, { } folder, ..] ? folder : null;

    private static IEnumerable<string> Files() => ((string[])["domain", "functions"])
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    private static bool IsIn(string space, string parent) => space == parent || space.StartsWith($"{parent}.", StringComparison.Ordinal);

    /// <summary>
    /// The name of a month or a weekday, a pattern for such names, a pattern with the day before the month or with a time alone, a date put together by hand. What machines
    /// read (ISO 8601, keys of rows) has the year first.
    /// </summary>
    [GeneratedRegex(@"\b(février|Februar|febbraio|February|mercredi|Mittwoch|mercoledì|Wednesday)\b|MMM|dddd|\bdd?[. /]M|(?<![TH]'?)HH?[:.]mm|\{[\w.()]*\.(Day|Month|Hour|Minute)\b|To(Short|Long)(Date|Time)String")]
    private static partial Regex DateForPeople();

    private sealed record Use(string From, string FromType, string To, string ToType);
}
