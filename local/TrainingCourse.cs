using Azure.Storage.Blobs;

namespace VoucherFunctions.Local;

/// <summary>Fills the training's container with a folder, as an administrator's upload does.</summary>
public static class TrainingCourse
{
    private const int UploadsAtOnce = 8;

    /// <summary>The folder and nothing else: what the container has besides is removed.</summary>
    public static async Task LoadAsync(BlobContainerClient container, string folder, CancellationToken cancellation)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce, CancellationToken = cancellation },
            async (file, stop) => await container.GetBlobClient(file.Key).UploadAsync(file.Value, overwrite: true, stop));
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            if (!files.ContainsKey(blob.Name))
            {
                await container.GetBlobClient(blob.Name).DeleteAsync(cancellationToken: cancellation);
            }
        }
    }
}
