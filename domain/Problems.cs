using System.Collections.Frozen;

namespace VoucherFunctions.Domain;

// The constructor of a refusal is banned everywhere else.
#pragma warning disable RS0030

/// <summary>Every problem code of the contract with its HTTP status and its title. Clients rely on the code; the title is for developers.</summary>
public static class Problems
{
    private static readonly List<Refusal> Defined = [];

    public static readonly Refusal InvalidRequest = Define("invalid-request", 400, "A field is missing or not valid.");
    public static readonly Refusal InvalidJson = Define("invalid-json", 400, "The body is not the JSON that was expected.");
    public static readonly Refusal IdempotencyKeyMissing = Define("idempotency-key-missing", 400, "The header Idempotency-Key is missing or not valid.");
    public static readonly Refusal VoucherCodeMistyped = Define("voucher-code-mistyped", 400, "The code has a typing error.");
    public static readonly Refusal PasswordTooWeak = Define("password-too-weak", 400, "The password is too weak.");
    public static readonly Refusal KeyRequired = Define("key-required", 401, "A valid key is required.");
    public static readonly Refusal SessionRequired = Define("session-required", 401, "Nobody is signed in.");
    public static readonly Refusal CredentialsWrong = Define("credentials-wrong", 401, "The e-mail address or the password is wrong.");
    public static readonly Refusal AccountExpired = Define("account-expired", 403, "The 90 days of the account are over.");
    public static readonly Refusal IssuerDisabled = Define("issuer-disabled", 403, "The office is disabled.");
    public static readonly Refusal OriginNotAllowed = Define("origin-not-allowed", 403, "The request comes from another website.");
    public static readonly Refusal NotFound = Define("not-found", 404, "There is nothing here.");
    public static readonly Refusal VoucherUnknown = Define("voucher-unknown", 404, "There is no such voucher.");
    public static readonly Refusal BatchUnknown = Define("batch-unknown", 404, "There is no such batch.");
    public static readonly Refusal IssuerUnknown = Define("issuer-unknown", 404, "There is no such office.");
    public static readonly Refusal KeyUnknown = Define("key-unknown", 404, "There is no such key.");
    public static readonly Refusal DocumentUnknown = Define("document-unknown", 404, "There is no such document.");
    public static readonly Refusal MethodNotAllowed = Define("method-not-allowed", 405, "The method is not allowed here.");
    public static readonly Refusal NotAcceptable = Define("not-acceptable", 406, "None of the formats in Accept can be given.");
    public static readonly Refusal UploadTooSlow = Define("upload-too-slow", 408, "The upload took too long and was not kept.");
    public static readonly Refusal VoucherUsed = Define("voucher-used", 409, "The voucher has been used.");
    public static readonly Refusal VoucherPending = Define("voucher-pending", 409, "The voucher is waiting for an activation.");
    public static readonly Refusal AccountExists = Define("account-exists", 409, "There is a live account for the address; the voucher stays unused.");
    public static readonly Refusal OtherAccount = Define("other-account", 409, "The session belongs to another account than X-Account names.");
    public static readonly Refusal TooManyKeys = Define("too-many-keys", 409, "An office has two keys at most.");
    public static readonly Refusal BatchIncomplete = Define("batch-incomplete", 409, "The batch was not completed; repeat the request that began it.");
    public static readonly Refusal NothingToPrint = Define("nothing-to-print", 409, "No voucher of the batch can be redeemed any more.");
    public static readonly Refusal VoucherExpired = Define("voucher-expired", 410, "The voucher can no longer be redeemed.");
    public static readonly Refusal VoucherRevoked = Define("voucher-revoked", 410, "The voucher was revoked.");
    public static readonly Refusal RegistrationEnded = Define("registration-ended", 410, "The registration was activated, cancelled or has lapsed.");
    public static readonly Refusal ActivationExpired = Define("activation-expired", 410, "The link is no longer valid.");
    public static readonly Refusal ActivationUsed = Define("activation-used", 410, "The link has been used.");
    public static readonly Refusal ResetExpired = Define("reset-expired", 410, "The link is no longer valid.");
    public static readonly Refusal ResetUsed = Define("reset-used", 410, "The link has been used.");
    public static readonly Refusal LengthRequired = Define("length-required", 411, "The length of the body must be said beforehand.");
    public static readonly Refusal DocumentExists = Define("document-exists", 412, "There is a document of this name.");
    public static readonly Refusal DocumentChanged = Define("document-changed", 412, "The document is not the one that was meant: it was changed or removed.");
    public static readonly Refusal DocumentTooLarge = Define("document-too-large", 413, "The document is larger than 20 MB.");
    public static readonly Refusal DocumentsFull = Define("documents-full", 413, "All documents together would be more than 200 MB, or more than 500.");
    public static readonly Refusal BodyTooLarge = Define("body-too-large", 413, "The body is too large.");
    public static readonly Refusal UnsupportedMediaType = Define("unsupported-media-type", 415, "The content type is not supported.");
    public static readonly Refusal DocumentTypeNotAllowed = Define("document-type-not-allowed", 415, "The file is no document of a type that is kept; reason says what it is.");
    public static readonly Refusal IdempotencyKeyReused = Define("idempotency-key-reused", 422, "The Idempotency-Key was used for another request.");
    public static readonly Refusal ConditionMissing = Define("condition-missing", 428, "Send If-None-Match: * for a new document, or If-Match with the ETag of the document that is meant.");
    public static readonly Refusal TooSoon = Define("too-soon", 429, "It is too soon for another mail.");
    public static readonly Refusal TooManyAttempts = Define("too-many-attempts", 429, "Too many attempts.");
    public static readonly Refusal QuotaExceeded = Define("quota-exceeded", 429, "The daily quota is used up.");
    public static readonly Refusal InternalError = Define("internal-error", 500, "Something went wrong.");
    public static readonly Refusal DocumentDamaged = Define("document-damaged", 500, "The document is not as it was stored and is not given out.");
    public static readonly Refusal KeyMissing = Define("key-missing", 503, "A key that stored data need is not in its ring; see the log.");
    public static readonly Refusal ServiceBusy = Define("service-busy", 503, "The service is busy.");
    public static readonly Refusal StorageUnavailable = Define("storage-unavailable", 503, "The storage does not answer.");

    /// <summary>The whole catalogue by code.</summary>
    public static readonly FrozenDictionary<string, Refusal> All = Defined.ToFrozenDictionary(problem => problem.Code);

    private static Refusal Define(string code, int status, string title)
    {
        var problem = new Refusal(code, status, title);
        Defined.Add(problem);
        return problem;
    }
}
