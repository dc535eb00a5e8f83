using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace VoucherFunctions.Storage;

/// <summary>A blob being read: its content from the start, as long as it is open.</summary>
public sealed class BlobReading(BlobDownloadStreamingResult result) : IDisposable
{
    public Stream Content => result.Content;

    public long Length => result.Details.ContentLength;

    /// <summary>Which part it is, as the header <c>Content-Range</c> says it; null when it is the whole.</summary>
    public string? Part => result.Details.ContentRange;

    public string ContentType => result.Details.ContentType;

    public string Version => result.Details.ETag.ToString();

    public void Dispose() => result.Dispose();
}

/// <summary>
/// The one way to a container. A blob is written once, under a name of its own, and never changed: what changes is the row that names it.
/// </summary>
/// <remarks>Faults: <see cref="RequestFailedException"/>, as with <see cref="Table"/>.</remarks>
public sealed class BlobContainer(BlobContainerClient client)
{
    /// <summary>
    /// Opens the blob; null when there is no such blob, or it is not of the version that is wanted. An answer that breaks off is resumed with the same version of it.
    /// </summary>
    public async Task<BlobReading?> OpenAsync(string name, string? version, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobDownloadOptions { Conditions = version is null ? null : new BlobRequestConditions { IfMatch = new ETag(version) } };
            return new BlobReading(await client.GetBlobClient(name).DownloadStreamingAsync(options, cancellation));
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound || failure.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            return null;
        }
    }

    /// <summary>Opens what is wanted of the blob, unless the caller has it already.</summary>
    public async Task<BlobAnswer> OpenAsync(string name, BlobReadRequest request, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = request.Range ?? default, Conditions = request.Conditions };
            var answer = await client.GetBlobClient(name).DownloadStreamingAsync(options, cancellation);
            // To the SDK "not modified" is no failure, but an answer without a value.
            return answer.GetRawResponse().Status == 304 ? new BlobAnswer.Known() : new BlobAnswer.Content(new BlobReading(answer));
        }
        catch (RequestFailedException failure) when (request.Range is not null && failure.Status is 412 or 416)
        {
            // The part of another version, or beyond the end: a server may answer with the whole (RFC 9110, 14.2).
            return await OpenAsync(name, request with { Range = null, IfRange = null }, cancellation);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return new BlobAnswer.Missing();
        }
    }

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellation) => await client.GetBlobClient(name).ExistsAsync(cancellation);

    /// <summary>Writes a blob in one go. Its name is new: that there is one already means that our first try was applied and its answer lost.</summary>
    public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        try
        {
            await client.GetBlockBlobClient(name).UploadAsync(
                ToStream(content), new BlobUploadOptions { Conditions = OnlyNew }, cancellation);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            // Applied.
        }
    }

    /// <summary>Writes one part of a blob, which appears when it is finished. The part's name.</summary>
    public async Task<string> WriteBlockAsync(string name, int number, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var block = Convert.ToBase64String(Encoding.ASCII.GetBytes(number.ToString("D6", CultureInfo.InvariantCulture)));
        await client.GetBlockBlobClient(name).StageBlockAsync(block, ToStream(content), cancellationToken: cancellation);
        return block;
    }

    /// <summary>The parts become the blob.</summary>
    public Task FinishAsync(string name, IReadOnlyList<string> blocks, CancellationToken cancellation) =>
        client.GetBlockBlobClient(name).CommitBlockListAsync(blocks, cancellationToken: cancellation);

    /// <summary>Removes the blob. Not there counts as done (docs/rules.md#r7).</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await client.GetBlobClient(name).DeleteAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // Somebody was faster, or our own first try was.
        }
    }

    /// <summary>
    /// Removes the blob, and parts of one that was never finished, which the service would keep for another week: they can only be removed by finishing
    /// an empty one in their place.
    /// </summary>
    public async Task DeleteEvenUnfinishedAsync(string name, CancellationToken cancellation)
    {
        var blob = client.GetBlockBlobClient(name);
        if (await blob.DeleteIfExistsAsync(cancellationToken: cancellation))
        {
            return;
        }
        await blob.CommitBlockListAsync([], cancellationToken: cancellation);
        await DeleteAsync(name, cancellation);
    }

    /// <summary>The names that begin with the prefix, in order.</summary>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellation) => ListAsync(prefix, BlobStates.None, cancellation);

    /// <summary>Also those of which there are only parts yet.</summary>
    public IAsyncEnumerable<string> ListEvenUnfinishedAsync(string prefix, CancellationToken cancellation) =>
        ListAsync(prefix, BlobStates.Uncommitted, cancellation);

    /// <summary>Fails when the container does not answer or is not there.</summary>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        await foreach (var _ in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, "probe", cancellation).AsPages(pageSizeHint: 1))
        {
            break;
        }
    }

    private static BlobRequestConditions OnlyNew => new() { IfNoneMatch = new ETag("*") };

    private async IAsyncEnumerable<string> ListAsync(string prefix, BlobStates states, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in client.GetBlobsAsync(BlobTraits.None, states, prefix, cancellation))
        {
            yield return blob.Name;
        }
    }

    /// <summary>Over the array itself: the client reads it again when it has to repeat.</summary>
    private static MemoryStream ToStream(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var part)
        ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false)
        : throw new ArgumentException("The content is not in an array.", nameof(content));
}
