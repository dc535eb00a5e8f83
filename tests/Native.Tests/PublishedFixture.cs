using System.Diagnostics;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Native.Tests;

/// <summary>The published Function App: the folder in VOUCHER_PUBLISHED, or one published for this run, which takes a minute or two.</summary>
public sealed class PublishedFixture : IAsyncLifetime
{
    private string? _temporary;

    public string Folder { get; private set; } = "";

    public string Executable => Path.Combine(Folder, "VoucherFunctions");

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("VOUCHER_PUBLISHED") is { Length: > 0 } published)
        {
            Folder = published;
            return;
        }
        _temporary = Directory.CreateTempSubdirectory("voucher-published-").FullName;
        Folder = Path.Combine(_temporary, "app");
        using var publish = Process.Start(Path.Combine(Repository.Root, "publish.sh"), [Folder]);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, publish.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
        return ValueTask.CompletedTask;
    }
}
