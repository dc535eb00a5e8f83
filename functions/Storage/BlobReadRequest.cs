using Azure;
using Azure.Storage.Blobs.Models;

namespace VoucherFunctions.Storage;

/// <summary>What of a blob is wanted: the whole or a part, unless the caller has this version of it.</summary>
public sealed record BlobReadRequest
{
    public HttpRange? Range { get; init; }

    /// <summary>The part only of this version; otherwise the whole.</summary>
    public ETag? IfRange { get; init; }

    public ETag? Known { get; init; }

    internal BlobRequestConditions Conditions => new() { IfMatch = IfRange, IfNoneMatch = Known };
}

/// <summary>What came of it.</summary>
public abstract record BlobAnswer
{
    /// <summary>To be disposed of by whoever asked.</summary>
    public sealed record Content(BlobReading Reading) : BlobAnswer;

    public sealed record Known : BlobAnswer;

    public sealed record Missing : BlobAnswer;
}
