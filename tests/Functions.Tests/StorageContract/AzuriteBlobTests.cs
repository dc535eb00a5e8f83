using Azure.Storage.Blobs;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>The contract, kept by Azurite.</summary>
public sealed class AzuriteBlobTests(AzuriteFixture azurite) : BlobServiceContract
{
    protected override BlobServiceClient Service { get; } = new(azurite.ConnectionString);
}
