using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VoucherFunctions.InMemoryStorage.Blobs;
using Xunit;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>The contract, kept by the service in memory; and what the real service refuses but Azurite takes.</summary>
public sealed class MemoryBlobTests : BlobServiceContract
{
    protected override BlobServiceClient Service { get; } = new MemoryBlobs().NewClient();

    [Fact]
    public async Task A_part_beyond_the_end_is_refused()
    {
        await PutAsync("b", "0123456789");

        await RefusedAsync(416, "InvalidRange", () => Blob("b").DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(10, 1) }, Cancellation));
    }
}
