using Azure.Data.Tables;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>The contract, kept by Azurite.</summary>
public sealed class AzuriteTableTests(AzuriteFixture azurite) : TableServiceContract
{
    protected override TableServiceClient Service { get; } = new(azurite.ConnectionString);
}
