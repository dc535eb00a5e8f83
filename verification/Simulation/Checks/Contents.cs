using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>The contents of documents.</summary>
public static class Contents
{
    public static int Count(World world) => world.Blobs.Blobs.Count(blob => blob.Value.Content is not null);

    /// <summary>Those that no document names and no note either.</summary>
    public static IEnumerable<string> OfNobody(World world)
    {
        var known = world.Space.Rows("vouchers").Where(row => row.Row.StartsWith("document-", StringComparison.Ordinal)).Select(row => row.Get("BlobId"))
            .Concat(world.Space.Rows("due").Where(row => row.Row.StartsWith("blob-", StringComparison.Ordinal)).Select(row => row.Get("Tag"))).ToHashSet();
        return world.Blobs.Blobs.Where(blob => blob.Value.Content is not null && !known.Contains(blob.Key.Split('/')[^1])).Select(blob => blob.Key);
    }
}
