using System.Buffers;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Documents;

/// <summary>A content that can be written out once. To be disposed of.</summary>
public abstract class OpenContent(StoredDocument stored) : IDisposable
{
    /// <summary>Which content it is: another may have taken the place of the one that was asked for.</summary>
    public StoredDocument Stored => stored;

    public abstract uint Crc32 { get; }

    public abstract Task WriteAsync(Stream target, CancellationToken cancellation);

    public abstract void Dispose();
}

/// <summary>A content with its name and type. To be disposed of.</summary>
public sealed record OpenDocument(DocumentName Name, OpenContent Content) : IDisposable
{
    public void Dispose() => Content.Dispose();
}

/// <summary>A content in memory, verified to its end.</summary>
internal sealed class HeldContent(StoredDocument stored) : OpenContent(stored)
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent((int)stored.Size);

    public override uint Crc32 => System.IO.Hashing.Crc32.HashToUInt32(_buffer.AsSpan(0, (int)Stored.Size));

    public async Task FillAsync(BlobReading reading, byte[] key, CancellationToken cancellation) =>
        await SealedReader.OpenAsync(reading.Content, key, Stored.Size, new MemoryStream(_buffer, 0, (int)Stored.Size), cancellation);

    public override Task WriteAsync(Stream target, CancellationToken cancellation) =>
        target.WriteAsync(_buffer.AsMemory(0, (int)Stored.Size), cancellation).AsTask();

    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(0, (int)Stored.Size));
        ArrayPool<byte>.Shared.Return(_buffer);
    }
}

/// <summary>A content that is read while it is written out, each chunk verified before it goes.</summary>
internal sealed class ReadContent(StoredDocument stored, BlobReading reading, byte[] key, uint crc32) : OpenContent(stored)
{
    public override uint Crc32 => crc32;

    public override Task WriteAsync(Stream target, CancellationToken cancellation) =>
        SealedReader.OpenAsync(reading.Content, key, Stored.Size, target, cancellation);

    public override void Dispose() => reading.Dispose();
}
