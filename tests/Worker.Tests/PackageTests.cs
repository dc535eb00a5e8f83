using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The zips that are deployed. All other tests here start the unpacked files; <c>packaging/reproduce.sh</c> builds it twice.</summary>
public sealed class PackageTests(PublishedFixture published)
{
    [Fact]
    public async Task The_worker_package_holds_what_the_host_needs_and_nothing_for_debugging()
    {
        using var package = ZipFile.OpenRead((await published.GetAsync(Head.Worker)).Package);
        var names = package.Entries.Select(entry => entry.FullName).ToList();

        Assert.Superset(
            new HashSet<string>(["VoucherFunctions.dll", "VoucherFunctions.deps.json", "VoucherFunctions.runtimeconfig.json", "bom.json", "extensions.json", "functions.metadata",
                "host.json", "libSkiaSharp.so", "libsodium.so", "worker.config.json"]),
            names.ToHashSet());
        Assert.DoesNotContain(names, name => Path.GetExtension(name) is ".pdb" or ".xml" or ".dbg");
        Assert.DoesNotContain(names, name => name is "local.settings.json" || name.StartsWith("appsettings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_native_package_holds_what_the_host_needs_and_nothing_for_debugging()
    {
        using var package = ZipFile.OpenRead((await published.GetAsync(Head.Native)).Package);
        var names = package.Entries.Select(entry => entry.FullName).ToList();

        Assert.Equal(
            ["VoucherFunctions", "bom.json", "host.json", "libSkiaSharp.so", "libsodium.so"],
            names.Where(name => !name.EndsWith("/function.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task Entries_are_in_order_of_one_time_and_only_the_binary_is_executable(Head head)
    {
        using var package = ZipFile.OpenRead((await published.GetAsync(head)).Package);

        Assert.Equal(package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal), package.Entries.Select(entry => entry.FullName));
        Assert.Single(package.Entries.Select(entry => entry.LastWriteTime).Distinct());
        Assert.All(package.Entries, entry => Assert.Equal(
            entry.FullName == "VoucherFunctions" ? "100755" : "100644", Convert.ToString(entry.ExternalAttributes >>> 16, 8)));
    }

    /// <summary>From another folder, at another time, with other permissions, in another time zone.</summary>
    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_same_files_packed_again_are_the_same_bytes(Head head)
    {
        var package = (await published.GetAsync(head)).Package;
        var folder = Directory.CreateTempSubdirectory("voucher-packed-").FullName;
        try
        {
            await ZipFile.ExtractToDirectoryAsync(package, Path.Combine(folder, "files"), TestContext.Current.CancellationToken);
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "files"), "*", SearchOption.AllDirectories))
            {
                File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
                File.SetUnixFileMode(file, UnixFileMode.UserRead);
            }

            await NodeAsync(package, "zip.mjs", Path.Combine(folder, "files"), Path.Combine(folder, "again.zip"));

            Assert.True(File.ReadAllBytes(package).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, "again.zip"))), "The packages differ.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_list_of_its_parts_is_whole_and_the_same_each_time(Head head)
    {
        var (_, package, unpacked) = await published.GetAsync(head);
        var again = Path.Combine(Path.GetTempPath(), $"bom-{Guid.NewGuid():N}.json");
        try
        {
            var text = File.ReadAllText(Path.Combine(unpacked, "bom.json"));
            var bom = JsonNode.Parse(text)!;
            string[] extensions = head == Head.Worker ? [Path.Combine(unpacked, ".azurefunctions", "function.deps.json")] : [];

            await NodeAsync(package, "sbom.mjs", [again, bom["metadata"]!["component"]!["version"]!.GetValue<string>(), .. extensions]);

            Assert.Equal(text, File.ReadAllText(again));
            var listed = bom["components"]!.AsArray().Select(component => $"{component!["name"]} {component["version"]}").ToHashSet();
            Assert.Superset(Locked(head == Head.Worker ? "packages.lock.json" : "packages.native.lock.json").ToHashSet(), listed);
            Assert.Equal(head == Head.Worker, listed.Any(part => part.StartsWith("Microsoft.Azure.WebJobs.Host.Storage ", StringComparison.Ordinal)));
            Assert.DoesNotContain(Path.GetTempPath(), text, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(again);
        }
    }

    /// <summary>Every package of the lock file, with those of its runtime.</summary>
    private static IEnumerable<string> Locked(string file) =>
        from framework in JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", file)))!["dependencies"]!.AsObject()
        from package in framework.Value!.AsObject()
        where package.Value!["type"]!.GetValue<string>() != "Project"
        select $"{package.Key} {package.Value!["resolved"]}";

    private static async Task NodeAsync(string file, string script, params string[] arguments)
    {
        using var package = ZipFile.OpenRead(file);
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "packaging", script), .. arguments]) { RedirectStandardError = true };
        start.Environment["TZ"] = "Pacific/Auckland";
        start.Environment["SOURCE_DATE_EPOCH"] = new DateTimeOffset(package.Entries[0].LastWriteTime.DateTime, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var node = Process.Start(start)!;
        var errors = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, errors);
    }
}
