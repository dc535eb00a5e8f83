using Azure.Data.Tables;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>The contract, kept by Azurite.</summary>
[Trait("Storage", "Azurite")]
public sealed class AzuriteTableTests(AzuriteFixture azurite) : TableServiceContract
{
    protected override TableServiceClient Service { get; } = new(azurite.ConnectionString);
}
