using Azure;
using Azure.Storage.Blobs;
using VoucherFunctions.InMemoryStorage.Http;

namespace VoucherFunctions.InMemoryStorage.Blobs;

/// <summary>A blob account in memory behind the real SDK, for one process; requests are answered one after the other, from any thread.</summary>
public sealed class MemoryBlobs
{
    private readonly Lock _lock = new();
    private readonly BlobSpace _space = new();

    public MemoryBlobs() => Transport = new MemoryTransport(request =>
    {
        lock (_lock)
        {
            return _space.Answer(request);
        }
    });

    /// <summary>To be set as <see cref="Azure.Core.ClientOptions.Transport"/>.</summary>
    public MemoryTransport Transport { get; }

    public BlobServiceClient NewClient() => new(
        new Uri("https://memory.blob.core.windows.net"), new AzureSasCredential("sig=memory"), new BlobClientOptions { Transport = Transport });
}
