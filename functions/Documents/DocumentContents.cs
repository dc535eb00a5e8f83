using System.Security.Cryptography;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Documents;

/// <summary>Opens contents, verified as far as can be before their first byte goes out.</summary>
public sealed class DocumentContents(DocumentBlobs blobs, DocumentSeals seals)
{
    /// <summary>Up to this size a content is held in memory between its verification and its way out; a longer one is read twice.</summary>
    private const int HeldBytes = 1024 * 1024;

    /// <summary>
    /// Verified from beginning to end. Null when the blob is not there, or is not the one any more that was verified. Throws
    /// <see cref="CryptographicException"/> when it is not as it was sealed.
    /// </summary>
    public async Task<OpenContent?> OpenVerifiedAsync(Registration registration, StoredDocument stored, CancellationToken cancellation)
    {
        var key = seals.ContentKey(registration, stored.BlobId);
        using var first = await OpenAsync(registration, stored, version: null, cancellation);
        if (first is null)
        {
            return null;
        }
        if (stored.Size <= HeldBytes)
        {
            return await HoldAsync(first, stored, key, cancellation);
        }
        await using var checksum = new ChecksumStream();
        await SealedReader.OpenAsync(first.Content, key, stored.Size, checksum, cancellation);
        var second = await OpenAsync(registration, stored, first.Version, cancellation);
        return second is null ? null : new ReadContent(stored, second, key, checksum.Crc32);
    }

    /// <summary>As <see cref="OpenVerifiedAsync"/>, but a long content is read once if its checksum is known: verified to be there and of the right length, the rest on its way out.</summary>
    public async Task<OpenContent?> OpenAsync(Registration registration, StoredDocument stored, CancellationToken cancellation)
    {
        if (stored.Size <= HeldBytes || stored.Crc32 is not { } crc32)
        {
            return await OpenVerifiedAsync(registration, stored, cancellation);
        }
        var reading = await OpenAsync(registration, stored, version: null, cancellation);
        return reading is null ? null : new ReadContent(stored, reading, seals.ContentKey(registration, stored.BlobId), crc32);
    }

    private async Task<BlobReading?> OpenAsync(Registration registration, StoredDocument stored, string? version, CancellationToken cancellation)
    {
        var reading = await blobs.OpenAsync(registration.AccountId, stored, version, cancellation);
        if (reading is not null && reading.Length != SealedChunks.LengthOf(stored.Size))
        {
            reading.Dispose();
            throw new CryptographicException("A sealed content is not as long as it was.");
        }
        return reading;
    }

    private static async Task<OpenContent> HoldAsync(BlobReading reading, StoredDocument stored, byte[] key, CancellationToken cancellation)
    {
        var held = new HeldContent(stored);
        try
        {
            await held.FillAsync(reading, key, cancellation);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
