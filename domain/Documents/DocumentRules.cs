using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Documents;

/// <summary>What must be true of the document that is there: that there is none (<c>If-None-Match: *</c>), or that it is this one (<c>If-Match</c>).</summary>
public sealed record WriteCondition(bool IsNew, IReadOnlyList<string> EntityTags)
{
    public Refusal? Check(StoredDocument? existing) => existing switch
    {
        null => IsNew ? null : Problems.DocumentChanged,
        _ when IsNew => Problems.DocumentExists,
        _ => EntityTags.Contains(existing.EntityTag) ? null : Problems.DocumentChanged,
    };
}

/// <summary>An upload: since when it is under way, and what it will be if it is kept.</summary>
public sealed record Upload(StoredDocument Document, DateTimeOffset StartedAt);

/// <summary>What was kept, and what it took the place of.</summary>
public sealed record Kept(StoredDocument Document, StoredDocument? Replaced);

/// <summary>What an account may keep, as pure decisions.</summary>
public static class DocumentRules
{
    public const long LargestBytes = 20_000_000;
    public const long MostBytes = 200_000_000;

    /// <summary>So many small ones that nobody meets it by accident; it bounds what a list costs.</summary>
    public const int Most = 500;

    /// <summary>
    /// An upload that took longer is not kept: from <see cref="DueItem.OrphanGrace"/> on its blob is taken for one that a dead process left behind.
    /// </summary>
    public static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(30);

    public static Decision<Kept> Put(
        VoucherSnapshot? read, SessionSecret secret, StoredDocument? existing, Upload upload, WriteCondition condition, DateTimeOffset now)
    {
        if (existing?.BlobId == upload.Document.BlobId)
        {
            // It is kept already: the answer was lost, and so many others have changed the voucher since that the operation's id is forgotten.
            return new Decision<Kept>(new Kept(existing, null));
        }
        if (CheckUpload(read, secret, existing, upload, condition, now) is { } refusal)
        {
            return new Decision<Kept>(refusal);
        }
        var (document, voucher) = (upload.Document, read!.Voucher);
        var totals = (existing is null ? voucher.Account!.Documents : voucher.Account!.Documents.Remove(existing)).Add(document);
        if (totals.Count > Most || totals.Bytes > MostBytes)
        {
            return new Decision<Kept>(Problems.DocumentsFull);
        }
        if (voucher.Account!.Uploads.Add(document.Size, now).IsRefused(out var tooMany, out var uploads))
        {
            return new Decision<Kept>(tooMany);
        }
        var next = voucher with { Account = voucher.Account with { Documents = totals, Uploads = uploads } };
        return new Decision<Kept>(new Kept(document, existing), new VoucherChange(next)
        {
            KeepDocuments = [document with { Version = existing?.Version }],
            Due = existing is null ? [] : [BlobCheck(voucher, existing.BlobId, now)],
        });
    }

    /// <summary>The checks that need none of the account's other documents; null when they all pass.</summary>
    private static Refusal? CheckUpload(
        VoucherSnapshot? read, SessionSecret secret, StoredDocument? existing, Upload upload, WriteCondition condition, DateTimeOffset now)
    {
        if (SessionRules.Authenticate(read, secret, now).Refusal is { } ended)
        {
            return ended;
        }
        if (condition.Check(existing) is { } unmet)
        {
            return unmet;
        }
        if (now - upload.StartedAt > LongestUpload)
        {
            return Problems.UploadTooSlow;
        }
        return upload.Document.Size > LargestBytes ? Problems.DocumentTooLarge : null;
    }

    /// <summary>Refuses a file that proved to be no document at the end of its upload. It counts as an upload of the day.</summary>
    public static Decision<Kept> Refuse(VoucherSnapshot? read, SessionSecret secret, Upload upload, Refusal reason, DateTimeOffset now)
    {
        if (SessionRules.Authenticate(read, secret, now).Refusal is { } ended)
        {
            return new Decision<Kept>(ended);
        }
        var (voucher, account) = (read!.Voucher, read.Voucher.Account!);
        return account.Uploads.Add(upload.Document.Size, now).IsRefused(out var tooMany, out var uploads)
            ? new Decision<Kept>(tooMany)
            : new Decision<Kept>(reason, new VoucherChange(voucher with { Account = account with { Uploads = uploads } }));
    }

    public static Decision<StoredDocument> Remove(
        VoucherSnapshot? read, SessionSecret secret, StoredDocument? existing, WriteCondition condition, DateTimeOffset now)
    {
        if (SessionRules.Authenticate(read, secret, now).Refusal is { } ended)
        {
            return new Decision<StoredDocument>(ended);
        }
        if (existing is null)
        {
            return new Decision<StoredDocument>(Problems.DocumentUnknown);
        }
        if (condition.Check(existing) is { } unmet)
        {
            return new Decision<StoredDocument>(unmet);
        }
        var voucher = read!.Voucher;
        return new Decision<StoredDocument>(existing, new VoucherChange(With(voucher, voucher.Account!.Documents.Remove(existing)))
        {
            DropDocuments = [existing],
            Due = [BlobCheck(voucher, existing.BlobId, now)],
        });
    }

    /// <summary>
    /// "Look whether a document names this blob; if none does, remove it." Written before the blob is, and before the change that takes the last name from it.
    /// </summary>
    public static DueItem BlobCheck(Voucher voucher, string blobId, DateTimeOffset now) => new(DueKind.Blob, now + DueItem.OrphanGrace, voucher.Id, blobId)
    {
        CreatedAt = now,
        AccountId = voucher.Registration!.AccountId,
    };

    private static Voucher With(Voucher voucher, DocumentTotals totals) => voucher with { Account = voucher.Account! with { Documents = totals } };
}
