using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Security;

namespace VoucherFunctions.Documents;

/// <summary>What of a document is made under the account's key: the name's hash, the sealed name, and the key of its content.</summary>
public sealed class DocumentSeals(AccountCipher cipher)
{
    private const int IdBytes = 20;
    private const int BlobIdBytes = 20;

    public static string NewBlobId() => Base32.Encode(RandomNumberGenerator.GetBytes(BlobIdBytes));

    /// <summary>Always the same for the same name of the same account, and to nobody else a hint at it.</summary>
    public string IdOf(Registration registration, DocumentName name)
    {
        var key = cipher.Derive(registration.WrappedKey, registration.AccountId, "document-names");
        return Base32.Encode(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(name.Value)).AsSpan(0, IdBytes));
    }

    /// <summary>The content's own key: a blob's name is given once only, so the key seals one content only.</summary>
    public byte[] ContentKey(Registration registration, string blobId) =>
        cipher.Derive(registration.WrappedKey, registration.AccountId, $"document-content|{blobId}");

    /// <param name="id">Of the document that has this name already; otherwise of the name.</param>
    public StoredDocument Seal(Registration registration, DocumentName name, string? id, string blobId, long size, DateTimeOffset modifiedAt) =>
        Seal(registration, name, new StoredDocument { Id = id ?? IdOf(registration, name), BlobId = blobId, Size = size, ModifiedAt = modifiedAt, SealedName = [] });

    /// <summary>The same document, once its whole content was read.</summary>
    public StoredDocument Seal(Registration registration, DocumentName name, StoredDocument document, uint crc32) =>
        Seal(registration, name, document with { Crc32 = crc32 });

    private StoredDocument Seal(Registration registration, DocumentName name, StoredDocument document) =>
        document with { SealedName = cipher.SealText(registration.WrappedKey, registration.AccountId, document.SealContext, name.Sealed) };

    /// <summary>Throws <see cref="CryptographicException"/> when anything of the row was changed or comes from elsewhere.</summary>
    public DocumentName OpenName(Registration registration, StoredDocument document)
    {
        var text = cipher.OpenText(registration.WrappedKey, registration.AccountId, document.SealContext, document.SealedName);
        return DocumentName.TryParseSealed(text, out var parsed) ? parsed : throw new InvalidDataException("A stored document's name no longer parses.");
    }
}
