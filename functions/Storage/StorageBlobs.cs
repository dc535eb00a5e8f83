using Azure.Storage.Blobs;

namespace VoucherFunctions.Storage;

/// <summary>The blob containers, all private. They are created by the deployment or by the local runner, never by the app.</summary>
public sealed class StorageBlobs(BlobServiceClient service, string prefix)
{
    /// <summary>All container names, without the prefix.</summary>
    public static IReadOnlyList<string> Names { get; } = ["documents", "training"];

    /// <summary>Participants' documents; sealed by the app.</summary>
    public BlobContainer Documents { get; } = new(service.GetBlobContainerClient(ContainerName(prefix, "documents")));

    /// <summary>Training content, which the app only reads.</summary>
    public BlobContainer Training { get; } = new(service.GetBlobContainerClient(ContainerName(prefix, "training")));

    /// <summary>The prefix is that of the tables, whose names know no case; a container's name is lower case.</summary>
    public static string ContainerName(string prefix, string name) => prefix.ToLowerInvariant() + name;

    /// <summary>Fails unless every container answers.</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        Task.WhenAll(((BlobContainer[])[Documents, Training]).Select(container => container.ProbeAsync(cancellation)));
}
