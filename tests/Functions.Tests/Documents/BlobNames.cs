using Azure.Storage.Blobs.Models;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

internal static class BlobNames
{
    /// <summary>All contents that are stored, those that were never finished included.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TestApp app)
    {
        var names = new List<string>();
        await foreach (var blob in app.Container("documents").GetBlobsAsync(
            BlobTraits.None, BlobStates.Uncommitted, prefix: null, TestContext.Current.CancellationToken))
        {
            names.Add(blob.Name);
        }
        return names;
    }
}
