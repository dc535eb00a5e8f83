using Azure.Storage.Blobs;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>The contract, kept by Azurite.</summary>
[Trait("Storage", "Azurite")]
public sealed class AzuriteBlobTests(AzuriteFixture azurite) : BlobServiceContract
{
    protected override BlobServiceClient Service { get; } = new(azurite.ConnectionString);
}
