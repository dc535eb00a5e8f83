using System.Security.Cryptography;
using VoucherFunctions.Accounts;
using VoucherFunctions.Registrations;
using VoucherFunctions.Storage;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Documents;

/// <summary>A document with its name in clear: only in memory, only for its person.</summary>
public sealed record Document(DocumentName Name, StoredDocument Stored);

/// <summary>A content that was verified to its end and can be written out.</summary>
public sealed record OpenedDocument(Document Document, Func<Stream, CancellationToken, Task> WriteAsync);

/// <summary>The person's own documents: list, keep, open, remove.</summary>
public sealed partial class PersonalDocuments(
    VoucherStore vouchers, DocumentBlobs blobs, DueTable due, DocumentSeals seals, TimeProvider clock, ILogger<PersonalDocuments> logger)
{
    /// <summary>Up to this size a content is held in memory between its verification and its way out; a longer one is read twice.</summary>
    private const int HeldBytes = 1024 * 1024;

    /// <summary>Each time another content took its place while we looked.</summary>
    private const int Attempts = 5;

    /// <summary>The newest first; refused when one of them is not as it was stored.</summary>
    public async Task<Result<IReadOnlyList<Document>>> ListAsync(SignedIn signedIn, CancellationToken cancellation)
    {
        var registration = signedIn.Voucher.Registration!;
        var stored = await vouchers.FindDocumentsAsync(signedIn.Voucher.Id, cancellation);
        try
        {
            return stored
                .Select(document => new Document(seals.OpenName(registration, document), document))
                .OrderByDescending(document => document.Stored.ModifiedAt)
                .ThenBy(document => document.Name.Value, StringComparer.Ordinal)
                .ToList();
        }
        catch (CryptographicException damage)
        {
            return Damaged(registration, damage);
        }
    }

    /// <summary>
    /// Keeps a content under a name. In this order, so that it can die anywhere: a note where to look, the blob, the row (which makes it the document), then what
    /// the row named before, and the notes.
    /// </summary>
    public async Task<Result<Kept>> KeepAsync(
        SignedIn signedIn, DocumentName name, IncomingDocument incoming, WriteCondition condition, CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcMilliseconds();
        var (id, registration) = (signedIn.Voucher.Id, signedIn.Voucher.Registration!);
        var upload = new Upload(seals.Seal(registration, name, DocumentSeals.NewBlobId(), incoming.Length, startedAt), startedAt);
        var (documentId, blobId) = (upload.Document.Id, upload.Document.BlobId);
        var first = await vouchers.FindDocumentAsync(id, documentId, cancellation);
        if (DocumentRules.Put(signedIn.Read, signedIn.Secret, first, upload, condition, startedAt).Answer.Refusal is { } early)
        {
            return early;
        }
        if (!name.Type.IsBeginning((await incoming.PeekAsync(cancellation)).Span))
        {
            return new Refusal("document-type-not-allowed");
        }
        var check = DocumentRules.BlobCheck(signedIn.Voucher, blobId, startedAt);
        await due.AddAsync([check], cancellation);
        await blobs.WriteAsync(registration.AccountId, blobId, seals.ContentKey(registration, blobId), incoming, cancellation);
        // The upload took its time: whether the access has ended is judged anew.
        var now = clock.GetUtcMilliseconds();
        var answer = await vouchers.ChangeAsync(id, Reading.StateAndSessions, signedIn.Read, async (read, stop) =>
        {
            var existing = ReferenceEquals(read, signedIn.Read) ? first : await vouchers.FindDocumentAsync(id, documentId, stop);
            return DocumentRules.Put(read, signedIn.Secret, existing, upload, condition, now);
        }, cancellation);
        if (answer.IsRefused(out _, out var kept))
        {
            await blobs.RemoveAsync(registration.AccountId, blobId, cancellation);
        }
        else if (kept.Replaced is { } replaced)
        {
            await RemoveContentAsync(signedIn.Voucher, replaced, now, cancellation);
        }
        await due.RemoveUnreadAsync(check, cancellation);
        return answer;
    }

    /// <summary>The content, verified from beginning to end before anything of it is given away.</summary>
    public async Task<Result<OpenedDocument>> OpenAsync(SignedIn signedIn, DocumentName name, CancellationToken cancellation)
    {
        var registration = signedIn.Voucher.Registration!;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await vouchers.FindDocumentAsync(signedIn.Voucher.Id, seals.IdOf(registration, name), cancellation) is not { } stored)
            {
                return new Refusal("document-unknown");
            }
            try
            {
                if (await TryOpenAsync(registration, stored, cancellation) is { } opened)
                {
                    return opened;
                }
            }
            catch (CryptographicException damage)
            {
                return Damaged(registration, damage);
            }
        }
        Log.Lost(logger, registration.AccountId);
        return new Refusal("document-damaged");
    }

    /// <summary>
    /// Writes the content of a document of a list, each chunk verified before it goes out. What has another content by now is written with that; what was removed
    /// meanwhile is left empty.
    /// </summary>
    public async Task WriteAsync(SignedIn signedIn, Document document, Stream target, CancellationToken cancellation)
    {
        var registration = signedIn.Voucher.Registration!;
        StoredDocument? stored = document.Stored;
        for (var attempt = 0; attempt < Attempts && stored is not null; attempt++)
        {
            if (await blobs.TryReadAsync(registration.AccountId, stored, seals.ContentKey(registration, stored.BlobId), target, cancellation))
            {
                return;
            }
            stored = await vouchers.FindDocumentAsync(signedIn.Voucher.Id, document.Stored.Id, cancellation);
        }
        if (stored is not null)
        {
            Log.Lost(logger, registration.AccountId);
            throw new InvalidDataException("A document has lost its content.");
        }
    }

    public async Task<Result<StoredDocument>> RemoveAsync(SignedIn signedIn, DocumentName name, WriteCondition? condition, CancellationToken cancellation)
    {
        var now = clock.GetUtcMilliseconds();
        var (id, registration) = (signedIn.Voucher.Id, signedIn.Voucher.Registration!);
        var answer = await vouchers.ChangeAsync(id, Reading.StateAndSessions, signedIn.Read, async (read, stop) =>
            DocumentRules.Remove(read, signedIn.Secret, await vouchers.FindDocumentAsync(id, seals.IdOf(registration, name), stop), condition, now), cancellation);
        if (!answer.IsRefused(out _, out var removed))
        {
            await RemoveContentAsync(signedIn.Voucher, removed, now, cancellation);
        }
        return answer;
    }

    private Refusal Damaged(Registration registration, CryptographicException damage)
    {
        Log.Damaged(logger, registration.AccountId, damage);
        return new Refusal("document-damaged");
    }

    /// <summary>Null when the blob is not there: another content has taken its place meanwhile, or it was removed.</summary>
    private async Task<OpenedDocument?> TryOpenAsync(Registration registration, StoredDocument stored, CancellationToken cancellation)
    {
        var document = new Document(seals.OpenName(registration, stored), stored);
        var key = seals.ContentKey(registration, stored.BlobId);
        var held = stored.Size <= HeldBytes ? new MemoryStream((int)stored.Size) : null;
        if (!await blobs.TryReadAsync(registration.AccountId, stored, key, held ?? Stream.Null, cancellation))
        {
            return null;
        }
        return new OpenedDocument(document, held is null
            ? (target, stop) => WriteAsync(registration, stored, key, target, stop)
            : (target, stop) => target.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), stop).AsTask());
    }

    private async Task WriteAsync(Registration registration, StoredDocument stored, byte[] key, Stream target, CancellationToken cancellation)
    {
        if (!await blobs.TryReadAsync(registration.AccountId, stored, key, target, cancellation))
        {
            throw new IOException("The content was replaced between its verification and its way out.");
        }
    }

    private async Task RemoveContentAsync(Voucher voucher, StoredDocument document, DateTimeOffset now, CancellationToken cancellation)
    {
        await blobs.RemoveAsync(voucher.Registration!.AccountId, document.BlobId, cancellation);
        await due.RemoveUnreadAsync(DocumentRules.BlobCheck(voucher, document.BlobId, now), cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A document of account {AccountId} is not as it was stored: refused.")]
        public static partial void Damaged(ILogger logger, string accountId, Exception damage);

        [LoggerMessage(2, LogLevel.Error, "A document of account {AccountId} has lost its content.")]
        public static partial void Lost(ILogger logger, string accountId);
    }
}
