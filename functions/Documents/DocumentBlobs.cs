using System.Buffers;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Documents;

/// <summary>The contents: each sealed under its own key in a blob of its own, <c>{account}/{random}</c>. Memory does not grow with the content.</summary>
public sealed class DocumentBlobs(StorageBlobs blobs)
{
    /// <summary>Just under 2 MiB: held in memory, and sent again when an answer is lost. The pool's arrays are powers of two; one chunk more would take 4 MiB.</summary>
    private const int BlockBytes = 1 + 31 * SealedChunks.SealedBytes;
    private const int RemovedAtOnce = 8;

    public async Task WriteAsync(string accountId, string blobId, byte[] key, IncomingDocument incoming, CancellationToken cancellation)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var plain = ArrayPool<byte>.Shared.Rent(SealedChunks.PlainBytes);
        try
        {
            await WriteAsync(NameOf(accountId, blobId), key, incoming, block, plain, cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>The sealed content, to be disposed of; null when there is no such blob, or it is not of this version.</summary>
    public Task<BlobReading?> OpenAsync(string accountId, StoredDocument document, string? version, CancellationToken cancellation) =>
        blobs.Documents.OpenAsync(NameOf(accountId, document.BlobId), version, cancellation);

    public Task RemoveAsync(string accountId, string blobId, CancellationToken cancellation) =>
        blobs.Documents.DeleteAsync(NameOf(accountId, blobId), cancellation);

    /// <summary>Also what an upload that died half-way left, which is not yet a blob.</summary>
    public Task RemoveTracesAsync(string accountId, string blobId, CancellationToken cancellation) =>
        blobs.Documents.DeleteEvenUnfinishedAsync(NameOf(accountId, blobId), cancellation);

    /// <summary>Everything of an account, whatever row names it or none.</summary>
    public Task RemoveAllAsync(string accountId, CancellationToken cancellation) => Parallel.ForEachAsync(
        blobs.Documents.ListEvenUnfinishedAsync($"{accountId}/", cancellation),
        Parallelism.AtMost(RemovedAtOnce, cancellation),
        async (name, stop) => await blobs.Documents.DeleteEvenUnfinishedAsync(name, stop));

    private static string NameOf(string accountId, string blobId) => $"{accountId}/{blobId}";

    private async Task WriteAsync(string name, byte[] key, IncomingDocument incoming, byte[] block, byte[] plain, CancellationToken cancellation)
    {
        using var chunks = new SealedChunks(key);
        var blocks = new List<string>();
        block[0] = SealedChunks.Format;
        var filled = 1;
        for (var left = incoming.Length; ;)
        {
            var chunk = plain.AsMemory(0, (int)Math.Min(left, SealedChunks.PlainBytes));
            await incoming.ReadAsync(chunk, cancellation);
            left -= chunk.Length;
            chunks.Seal(chunk.Span, isLast: left == 0, block.AsSpan(filled));
            filled += chunk.Length + SealedChunks.TagBytes;
            if (left == 0 && blocks.Count == 0)
            {
                await blobs.Documents.WriteAsync(name, block.AsMemory(0, filled), cancellation);
                return;
            }
            if (left == 0 || filled + SealedChunks.SealedBytes > BlockBytes)
            {
                blocks.Add(await blobs.Documents.WriteBlockAsync(name, blocks.Count, block.AsMemory(0, filled), cancellation));
                filled = 0;
            }
            if (left == 0)
            {
                await blobs.Documents.FinishAsync(name, blocks, cancellation);
                return;
            }
        }
    }
}
