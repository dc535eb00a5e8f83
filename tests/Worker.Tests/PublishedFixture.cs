using System.Diagnostics;
using System.IO.Compression;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>A package, unpacked in an empty folder, as Azure does it.</summary>
/// <param name="Package">The zip.</param>
/// <param name="Folder">The folder to which it is unpacked.</param>
public sealed record PublishedHead(Head Head, string Package, string Folder)
{
    private const string Binary = "VoucherFunctions";

    /// <summary>The program that the host starts.</summary>
    public string Command => Head == Head.Native ? Path.Combine(Folder, Binary) : "dotnet";

    /// <summary>The host's own variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("FUNCTIONS_WORKER_RUNTIME", Head == Head.Native ? "custom" : "dotnet-isolated"),
        new("FUNCTIONS_APPLICATION_DIRECTORY", Folder),
        new("FUNCTIONS_WORKER_DIRECTORY", Folder),
    ];

    public IReadOnlyList<string> Arguments => Head == Head.Native ? [] : [$"{Binary}.dll"];
}

/// <summary>
/// Both packages: those in the folder VOUCHER_PUBLISHED (worker.zip, native.zip), or published at their first use, which takes some minutes.
/// </summary>
public sealed class PublishedFixture : IAsyncDisposable
{
    private readonly string _temporary = Directory.CreateTempSubdirectory("voucher-published-").FullName;
    private readonly Lazy<Task<PublishedHead>> _worker;
    private readonly Lazy<Task<PublishedHead>> _native;

    public PublishedFixture()
    {
        _worker = new(() => UnpackAsync(Head.Worker));
        _native = new(() => UnpackAsync(Head.Native, "--native"));
    }

    public Task<PublishedHead> GetAsync(Head head) => (head == Head.Worker ? _worker : _native).Value;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_temporary, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<PublishedHead> UnpackAsync(Head head, params string[] options)
    {
        var name = head == Head.Worker ? "worker" : "native";
        var published = Path.Combine(Environment.GetEnvironmentVariable("VOUCHER_PUBLISHED") is { Length: > 0 } folder ? folder : _temporary, name);
        if (!File.Exists($"{published}.zip"))
        {
            using var publish = Process.Start(Path.Combine(Repository.Root, "publish.sh"), [.. options, published]);
            await publish.WaitForExitAsync();
            Assert.Equal(0, publish.ExitCode);
        }
        var unpacked = Path.Combine(_temporary, "unpacked", name);
        await ZipFile.ExtractToDirectoryAsync($"{published}.zip", unpacked);
        return new PublishedHead(head, $"{published}.zip", unpacked);
    }
}
