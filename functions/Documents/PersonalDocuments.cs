using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Documents;

/// <summary>A document with its name in clear: only in memory, only for its person.</summary>
public sealed record Document(DocumentName Name, StoredDocument Stored);

/// <summary>All documents of an account.</summary>
/// <param name="Documents">The newest first.</param>
/// <param name="Damaged">Rows that are not as they were stored: not even the name can be told.</param>
public sealed record DocumentListing(IReadOnlyList<Document> Documents, IReadOnlyList<StoredDocument> Damaged);

/// <summary>The person's own documents: list, keep, open, remove.</summary>
public sealed partial class PersonalDocuments(
    VoucherTable vouchers,
    VoucherTransaction transaction,
    DocumentBlobs blobs,
    DocumentContents contents,
    DueTable due,
    DocumentSeals seals,
    BestEffort bestEffort,
    TimeProvider clock,
    ILogger<PersonalDocuments> logger)
{
    /// <summary>Each time another content took its place while we looked.</summary>
    private const int Attempts = 5;

    public async Task<DocumentListing> ListAsync(SignedIn signedIn, CancellationToken cancellation)
    {
        var registration = signedIn.Voucher.Registration!;
        var (whole, damaged) = (new List<Document>(), new List<StoredDocument>());
        foreach (var stored in await vouchers.FindDocumentsAsync(signedIn.Voucher.Id, cancellation))
        {
            try
            {
                whole.Add(new Document(seals.OpenName(registration, stored), stored));
            }
            catch (Exception damage) when (IsDamage(damage))
            {
                Log.Damaged(logger, registration.AccountId, damage);
                damaged.Add(stored);
            }
        }
        return new DocumentListing(
            [.. whole.OrderByDescending(document => document.Stored.ModifiedAt).ThenBy(document => document.Name.Value, StringComparer.Ordinal)], damaged);
    }

    /// <summary>
    /// Keeps a content under a name. In this order, so that it can die anywhere: a note where to look, the blob, the row (which makes it the document), then what
    /// the row named before, and the notes.
    /// </summary>
    public async Task<Result<Document>> KeepAsync(
        SignedIn signedIn, DocumentName name, IncomingDocument incoming, WriteCondition condition, CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcMilliseconds();
        var (id, registration) = (signedIn.Voucher.Id, signedIn.Voucher.Registration!);
        var first = await FindAsync(signedIn, name, isLikelyNew: condition.IsNew && Ascii.IsValid(name.Value), cancellation);
        var upload = new Upload(seals.Seal(registration, name, first?.Id, DocumentSeals.NewBlobId(), incoming.Length, startedAt), startedAt);
        var (documentId, blobId) = (upload.Document.Id, upload.Document.BlobId);
        if (DocumentRules.Put(signedIn.Read, signedIn.Secret, first, upload, condition, startedAt).Answer.Refusal is { } early)
        {
            return early;
        }
        if (await incoming.PeekAsync(cancellation) is { } none)
        {
            return none;
        }
        var check = await due.AddAsync(DocumentRules.BlobCheck(signedIn.Voucher, blobId, startedAt), cancellation);
        await blobs.WriteAsync(registration.AccountId, blobId, seals.ContentKey(registration, blobId), incoming, cancellation);
        // The upload took time: check again that the access has not ended.
        var now = clock.GetUtcMilliseconds();
        var recognised = incoming.Recognise();
        if (!recognised.IsRefused(out var unkept, out var whole))
        {
            upload = upload with { Document = seals.Seal(registration, whole, upload.Document, incoming.Crc32) };
        }
        var answer = await ChangeAsync(
            signedIn,
            documentId,
            first,
            (read, existing) => unkept is null
                ? DocumentRules.Put(read, signedIn.Secret, existing, upload, condition, now)
                : DocumentRules.Refuse(read, signedIn.Secret, upload, unkept, now),
            cancellation);
        await bestEffort.TryAsync(stop => RemoveUnneededAsync(signedIn.Voucher, upload.Document, answer, check, now, stop), cancellation);
        return answer.IsRefused(out var refusal, out var done) ? refusal : new Document(whole!, done.Document);
    }

    /// <summary>The content, verified from beginning to end before anything of it is given away. To be disposed of.</summary>
    public async Task<Result<OpenDocument>> OpenAsync(SignedIn signedIn, DocumentName name, CancellationToken cancellation) =>
        await FindAsync(signedIn, name, isLikelyNew: false, cancellation) is { } stored
            ? await OpenAsync(signedIn, stored.Id, stored, contents.OpenVerifiedAsync, cancellation)
            : Problems.DocumentUnknown;

    /// <summary>The content of a document of a list, or the one that has taken its place. To be disposed of.</summary>
    /// <param name="isVerifiedFirst">To the end, whatever its length; otherwise a long one is verified on its way out.</param>
    public Task<Result<OpenDocument>> OpenAsync(SignedIn signedIn, Document document, bool isVerifiedFirst, CancellationToken cancellation) =>
        OpenAsync(signedIn, document.Stored.Id, document.Stored, isVerifiedFirst ? contents.OpenVerifiedAsync : contents.OpenAsync, cancellation);

    public async Task<Result<StoredDocument>> RemoveAsync(SignedIn signedIn, DocumentName name, WriteCondition condition, CancellationToken cancellation)
    {
        var now = clock.GetUtcMilliseconds();
        var first = await FindAsync(signedIn, name, isLikelyNew: false, cancellation);
        var documentId = first?.Id ?? seals.IdOf(signedIn.Voucher.Registration!, name);
        var answer = await ChangeAsync(
            signedIn, documentId, first, (read, existing) => DocumentRules.Remove(read, signedIn.Secret, existing, condition, now), cancellation);
        if (!answer.IsRefused(out _, out var removed))
        {
            await bestEffort.TryAsync(stop => RemoveContentAsync(signedIn.Voucher, removed, now, stop), cancellation);
        }
        return answer;
    }

    /// <summary>
    /// The document of a name. Before names had one form, a row got its id from the characters as they were sent: such a row is found in the list.
    /// </summary>
    /// <param name="isLikelyNew">The list is not read: there was only ever one form of such a name.</param>
    private async Task<StoredDocument?> FindAsync(SignedIn signedIn, DocumentName name, bool isLikelyNew, CancellationToken cancellation)
    {
        var found = await vouchers.FindDocumentAsync(signedIn.Voucher.Id, seals.IdOf(signedIn.Voucher.Registration!, name), cancellation);
        return found is not null || isLikelyNew
            ? found
            : (await ListAsync(signedIn, cancellation)).Documents.FirstOrDefault(document => document.Name == name)?.Stored;
    }

    /// <summary>Lets the rule decide on the voucher and the document, as read, and commits; after a conflict reads both and decides again.</summary>
    private async Task<Result<T>> ChangeAsync<T>(
        SignedIn signedIn, string documentId, StoredDocument? existing, Func<VoucherSnapshot?, StoredDocument?, Decision<T>> rule, CancellationToken cancellation)
    {
        var (id, read) = (signedIn.Voucher.Id, (VoucherSnapshot?)signedIn.Read);
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            var decision = rule(read, existing);
            if (await transaction.TryCommitAsync(read, decision, cancellation))
            {
                return decision.Answer;
            }
            read = await vouchers.FindAsync(id, Reading.StateAndSessions, cancellation);
            existing = await vouchers.FindDocumentAsync(id, documentId, cancellation);
        }
    }

    private async Task<Result<OpenDocument>> OpenAsync(
        SignedIn signedIn,
        string documentId,
        StoredDocument? stored,
        Func<Registration, StoredDocument, CancellationToken, Task<OpenContent?>> openAsync,
        CancellationToken cancellation)
    {
        var registration = signedIn.Voucher.Registration!;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            stored ??= await vouchers.FindDocumentAsync(signedIn.Voucher.Id, documentId, cancellation);
            if (stored is null)
            {
                return Problems.DocumentUnknown;
            }
            try
            {
                var name = seals.OpenName(registration, stored);
                if (await openAsync(registration, stored, cancellation) is { } content)
                {
                    return new OpenDocument(name, content);
                }
            }
            catch (Exception damage) when (IsDamage(damage))
            {
                Log.Damaged(logger, registration.AccountId, damage);
                return Problems.DocumentDamaged;
            }
            stored = null;
        }
        Log.Lost(logger, registration.AccountId);
        return Problems.DocumentDamaged;
    }

    /// <summary>That a key is missing is the operator's mistake, and no document's.</summary>
    private static bool IsDamage(Exception failure) => failure is InvalidDataException or CryptographicException and not EncryptionKeyMissingException;

    /// <summary>After an upload: the content that was refused or replaced, then the note.</summary>
    private async Task RemoveUnneededAsync(
        Voucher voucher, StoredDocument uploaded, Result<Kept> answer, DueItem check, DateTimeOffset now, CancellationToken cancellation)
    {
        if (answer.IsRefused(out _, out var kept))
        {
            await blobs.RemoveAsync(voucher.Registration!.AccountId, uploaded.BlobId, cancellation);
        }
        else if (kept.Replaced is { } replaced)
        {
            await RemoveContentAsync(voucher, replaced, now, cancellation);
        }
        // Unless another request has removed the document meanwhile and needs the note.
        await due.RemoveOwnAsync(check, cancellation);
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
