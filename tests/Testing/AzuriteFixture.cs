using VoucherFunctions.Local;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>One Azurite, in memory, for all tests of an assembly; each test has tables of its own in it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async ValueTask InitializeAsync() =>
        _azurite = await Azurite.StartAsync(Path.Combine(Repository.Root, "local"), dataFolder: null, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
