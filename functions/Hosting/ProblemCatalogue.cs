using System.Collections.Frozen;

namespace VoucherFunctions.Hosting;

/// <summary>Every problem code of the contract with its HTTP status and its title. Clients rely on the code; the title is for developers.</summary>
public static class ProblemCatalogue
{
    public static readonly FrozenDictionary<string, (int Status, string Title)> All = new Dictionary<string, (int, string)>
    {
        ["invalid-request"] = (400, "A field is missing or not valid."),
        ["invalid-json"] = (400, "The body is not the JSON that was expected."),
        ["idempotency-key-missing"] = (400, "The header Idempotency-Key is missing or not valid."),
        ["voucher-code-mistyped"] = (400, "The code has a typing error."),
        ["password-too-weak"] = (400, "The password is too weak."),
        ["key-required"] = (401, "A valid key is required."),
        ["session-required"] = (401, "Nobody is signed in."),
        ["credentials-wrong"] = (401, "The e-mail address or the password is wrong."),
        ["account-expired"] = (403, "The 90 days of the account are over."),
        ["issuer-disabled"] = (403, "The office is disabled."),
        ["origin-not-allowed"] = (403, "The request comes from another website."),
        ["not-found"] = (404, "There is nothing here."),
        ["voucher-unknown"] = (404, "There is no such voucher."),
        ["batch-unknown"] = (404, "There is no such batch."),
        ["issuer-unknown"] = (404, "There is no such office."),
        ["key-unknown"] = (404, "There is no such key."),
        ["method-not-allowed"] = (405, "The method is not allowed here."),
        ["not-acceptable"] = (406, "None of the formats in Accept can be given."),
        ["voucher-used"] = (409, "The voucher has been used."),
        ["voucher-pending"] = (409, "The voucher is waiting for an activation."),
        ["account-exists"] = (409, "There is a live account for the address; the voucher stays unused."),
        ["too-many-keys"] = (409, "An office has two keys at most."),
        ["batch-incomplete"] = (409, "The batch was not completed; repeat the request that began it."),
        ["nothing-to-print"] = (409, "No voucher of the batch can be redeemed any more."),
        ["voucher-expired"] = (410, "The voucher can no longer be redeemed."),
        ["voucher-revoked"] = (410, "The voucher was revoked."),
        ["registration-ended"] = (410, "The registration was activated, cancelled or has lapsed."),
        ["activation-expired"] = (410, "The link is no longer valid."),
        ["activation-used"] = (410, "The link has been used."),
        ["reset-expired"] = (410, "The link is no longer valid."),
        ["reset-used"] = (410, "The link has been used."),
        ["body-too-large"] = (413, "The body is too large."),
        ["unsupported-media-type"] = (415, "The content type is not supported."),
        ["idempotency-key-reused"] = (422, "The Idempotency-Key was used for another request."),
        ["too-soon"] = (429, "It is too soon for another mail."),
        ["too-many-attempts"] = (429, "Too many attempts."),
        ["quota-exceeded"] = (429, "The daily quota is used up."),
        ["internal-error"] = (500, "Something went wrong."),
        ["key-missing"] = (503, "A key that stored data need is not in its ring; see the log."),
        ["service-busy"] = (503, "The service is busy."),
        ["storage-unavailable"] = (503, "The storage does not answer."),
    }.ToFrozenDictionary();
}
