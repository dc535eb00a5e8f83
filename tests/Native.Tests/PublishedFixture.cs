using System.Diagnostics;
using System.IO.Compression;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Native.Tests;

/// <summary>
/// The package, unpacked in an empty folder, as Azure does it: that of the published folder in VOUCHER_PUBLISHED, or one published for this run, which takes a minute
/// or two.
/// </summary>
public sealed class PublishedFixture : IAsyncLifetime
{
    private readonly string _temporary = Directory.CreateTempSubdirectory("voucher-published-").FullName;

    public string Folder => Path.Combine(_temporary, "unpacked");

    public string Package { get; private set; } = "";

    public string Executable => Path.Combine(Folder, "VoucherFunctions");

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("VOUCHER_PUBLISHED") is not { Length: > 0 } published)
        {
            published = Path.Combine(_temporary, "app");
            using var publish = Process.Start(Path.Combine(Repository.Root, "publish.sh"), [published]);
            await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, publish.ExitCode);
        }
        Package = $"{published}.zip";
        await ZipFile.ExtractToDirectoryAsync(Package, Folder, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_temporary, recursive: true);
        return ValueTask.CompletedTask;
    }
}
