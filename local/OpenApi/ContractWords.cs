using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>
/// The words of the contract: what a field or parameter of this name is wherever it appears, with an example. <c>Type.field</c> or <c>Operation.parameter</c>
/// where it means something special; <c>vouchers/id</c> for a part of a path.
/// </summary>
internal static class ContractWords
{
    /// <summary>160 bits in lower-case base32.</summary>
    private const string LongId = "^[0-9a-hjkmnp-tv-z]{32}$";

    /// <summary>40 bits.</summary>
    private const string ShortId = "^[0-9a-hjkmnp-tv-z]{8}$";

    private const string Token = "Aa0bXK3m9yq0Z8w2Tt6n5Kc7bVxLhGjRpQaUeXiOzEmY4fD1S9m3yq0Z8w2Tt6n5Kc7bVxLh";
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string HashPattern = "^[0-9a-f]{64}$";
    private const string BatchId = "5rz4n2n4v3tjxg7y0s2c1b9q6mkd8wfa";
    private const string VoucherId = "0h7v3k2c9w1x8e4r6t5y2z0a3s1d7f9g";
    private const string AccountId = "3v7m2k9c1w8x4e5r";
    private const string Code = "7KQ2-M9XW-3HTR-V0FN";

    private static readonly FrozenDictionary<string, Word> All = new Dictionary<string, Word>
    {
        // Vouchers
        ["code"] = new("The code of a voucher. Case, spaces and dashes do not matter, O is read as 0, I and L as 1.", Code) { MaxLength = 100 },
        ["IssuedVoucher.code"] = new("The code, as it is printed. Whoever has it can use it.", Code) { Pattern = "^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$" },
        ["IssuedVoucher.id"] = new("Names the voucher without giving its code away.", VoucherId) { Pattern = LongId },
        ["VoucherView.id"] = new("The voucher's id.", VoucherId) { Pattern = LongId },
        ["VoucherView.status"] = new(
            "`issued`: can be redeemed. `pending`: the code was entered, the link in the mail waits. `active`: there is an account. `locked`: its 90 days are over. "
            + "`deleted`: account and data are gone. `expired`: nobody used it in time. `revoked`: the office took it back.",
            "active")
        { OneOf = ["issued", "pending", "active", "locked", "deleted", "expired", "revoked"] },
        ["CheckedVoucher.status"] = new("Always `redeemable`: everything else is a refusal.", "redeemable") { OneOf = ["redeemable"] },
        ["registrationUrl"] = new("The page that fills in the code, for the QR code. Opening it redeems nothing.", $"https://www.kursplatz.example.ch/?lang=fr#code={Code}") { Format = "uri" },
        ["redeemableUntil"] = new("Until when the code can be entered.", "2027-11-22T10:00:00Z"),
        ["IssueRequest.redeemableUntil"] = new(null, "2027-11-22T10:00:00Z") { Format = "date-time" },
        ["qr"] = new(null, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 41 41\"></svg>"),
        ["batchId"] = new("The batch's id.", BatchId) { Pattern = LongId },
        ["count"] = new("How many vouchers.", 1) { Minimum = 1, Maximum = 1000 },
        ["reference"] = new("The office's own reference for the batch.", "LAU-2026-0042") { MaxLength = 100 },
        ["next"] = new(null, VoucherId),
        ["issuedAt"] = new("When it was issued."),
        ["enteredAt"] = new("When the code was entered: the 90 days count from here.", "2026-11-22T10:05:00Z"),
        ["accessUntil"] = new("When the 90 days end: midnight in Zurich after the 90th day.", "2027-02-20T23:00:00Z"),
        ["changedAt"] = new(null, "2026-11-22T10:06:00Z"),
        ["asOf"] = new("The state is at least as new as this."),
        ["BatchRevocation.revoked"] = new("Revoked, by this request or an earlier one.", 8) { Minimum = 0 },
        ["BatchRevocation.pending"] = new("Not revoked: the code was entered, the activation is awaited.", 1) { Minimum = 0 },
        ["BatchRevocation.used"] = new("Not revoked: there is or was an account.", 1) { Minimum = 0 },

        // Counts
        ["from"] = new("The first day of issue (UTC); 31 days unless given, 92 at most.", "2026-11-01") { Format = "date" },
        ["to"] = new("The last day of issue (UTC); today unless given.", "2026-11-30") { Format = "date" },
        ["day"] = new("The day of issue (UTC).", "2026-11-22"),
        ["days"] = new("Days on which vouchers were issued; the others are missing."),
        ["total"] = new("All of them.", 20) { Minimum = 0 },
        ["issued"] = new("Never entered, and can be.", 9) { Minimum = 0 },
        ["pending"] = new("Entered, the activation is awaited.", 6) { Minimum = 0 },
        ["active"] = new("With an account within its 90 days.", 5) { Minimum = 0 },
        ["locked"] = new("The 90 days are over.", 0) { Minimum = 0 },
        ["released"] = new("Entered, then given back by cancelling or by the clock; can be entered again.", 0) { Minimum = 0 },
        ["revoked"] = new("Taken back by the office.", 0) { Minimum = 0 },
        ["expired"] = new("Not used in time.", 0) { Minimum = 0 },
        ["deleted"] = new("Account and data are gone.", 0) { Minimum = 0 },

        // Registrations and accounts
        ["name"] = new("The person's name.", "Anne Muster") { MaxLength = 100 },
        ["email"] = new("The person's e-mail address.", "anne@example.ch") { Format = "email", MaxLength = 254 },
        ["language"] = new("The language of mails and pages.", "fr") { OneOf = ["fr", "de", "it", "en"] },
        ["handle"] = new("Lets the browser that registered ask for the mail again, correct the address, and cancel.", Token) { MaxLength = 200 },
        ["activateBefore"] = new("Until when the link in the mail can be used: 24 hours after the first registration.", "2026-11-23T10:05:00Z"),
        ["CheckedLink.email"] = new("The address that the link was sent to, masked: its first character and its domain.", "a•••@example.ch") { MaxLength = 258 },
        ["until"] = new("Until when the link can be used.", "2026-11-23T10:05:00Z"),
        ["token"] = new("What the link in the mail ends with.", Token) { MaxLength = 200 },
        ["password"] = new("The password.", "correct horse battery staple") { MaxLength = 1000 },
        ["TokenAndPasswordRequest.password"] = new("The new password: 12 to 128 characters, not a common one, not made of name or address.", "correct horse battery staple") { MaxLength = 1000 },
        ["currentPassword"] = new("The password as it is.", "correct horse battery staple") { MaxLength = 1000 },
        ["newPassword"] = new("The password as it shall be: 12 to 128 characters, not a common one, not made of name or address.", "seven green bicycles sing") { MaxLength = 1000 },
        ["daysLeft"] = new("Whole days after today, in Zurich: 90 on the day of entry, 0 on the last.", 89) { Minimum = 0, Maximum = 90 },
        ["deletedAtLatest"] = new("When everything about the account will have been deleted.", "2028-02-20T23:00:00Z"),
        ["sessions"] = new("The open sessions."),
        ["current"] = new("Whether it is the session of this request."),
        ["lastSeenAt"] = new("When it was last used."),
        ["expiresAt"] = new("When it ends, however much it is used.", "2026-11-22T22:00:00Z"),
        ["SessionView.id"] = new("The session's id.", "1r7m4ht0y9ecb3v6dqzk2w8xn5fgsjpa9c3t1v7m2k4e6r8y0zqd"),

        // The administration of issuers
        ["IssuerRequest.name"] = new("The office's name, as printed on its vouchers.", "ORP Lausanne") { MaxLength = 100, MinLength = 1 },
        ["IssuerView.name"] = new("The office's name, as printed on its vouchers.", "ORP Lausanne"),
        ["IssuerCountsView.name"] = new("The office's name.", "ORP Lausanne"),
        ["IssuerView.id"] = new("The office's id.", "3wq9yq0m") { Pattern = ShortId },
        ["issuerId"] = new("The office's id.", "3wq9yq0m") { Pattern = ShortId },
        ["issuers"] = new("The offices."),
        ["dailyQuota"] = new("How many vouchers it may issue a day (UTC); 1000 unless given.", 1000) { Minimum = 0, Maximum = 1_000_000 },
        ["disabled"] = new("A disabled office can do nothing at all; its vouchers stay as they are.", false),
        ["keys"] = new("Its keys: two live ones and two for tests at most."),
        ["KeyView.id"] = new("The key's id: the third part of the key.", "8d1x6r2k") { Pattern = ShortId },
        ["NewKey.id"] = new("The key's id: the third part of the key.", "8d1x6r2k") { Pattern = ShortId },
        ["NewKey.key"] = new("The key. It is shown this once.", "vf_3wq9yq0m_8d1x6r2k_mY4fD1S9m3yq0Z8w2Tt6n5Kc7bVxLhGjRpQaUeXiOzE"),
        ["createdAt"] = new("When it was created."),
        ["lastUsedAt"] = new("When it was last used, to the hour; missing when it never was."),
        ["test"] = new("Whether it is for tests.", false),
        ["BatchView.test"] = new(null, true),
        ["IssuedVouchers.test"] = new(null, true),
        ["VoucherView.test"] = new(null, true),

        // Timers and keys
        ["Outlook.at"] = new("The instant that was asked for; now unless given.", "2026-12-01T00:00:00Z"),
        ["lapse"] = new("Registrations that nobody activated, to be removed.", 3) { Minimum = 0 },
        ["remind"] = new("Reminders to be sent.", 12) { Minimum = 0 },
        ["lock"] = new("Accounts to be locked.", 5) { Minimum = 0 },
        ["delete"] = new("Accounts to be deleted.", 1) { Minimum = 0 },
        ["mail"] = new("Mails to be sent.", 0) { Minimum = 0 },
        ["oldestOverdueKind"] = new("What is overdue the longest, now; missing when nothing is.", "mail") { OneOf = ["lapse", "remind", "lock", "delete", "mail"] },
        ["oldestOverdueSince"] = new("Since when it is."),
        ["hashing"] = new("The keys for identifiers, links and codes."),
        ["encryption"] = new("The keys that wrap the accounts' keys."),
        ["KeyRingView.current"] = new("The version that what is new is made under.", 2) { Minimum = 0 },
        ["since"] = new("Since when it is the current one; missing while no data were made under it."),
        ["versions"] = new("The newest first."),
        ["version"] = new("The key's number in its ring.", 2) { Minimum = 0 },
        ["checked"] = new(null, 120) { Minimum = 0 },
        ["rewrapped"] = new("Accounts whose key is under the current one by now.", 80) { Minimum = 0 },
        ["failed"] = new(null, 0) { Minimum = 0 },
        ["completed"] = new(null, 4) { Minimum = 0, Maximum = 16 },
        ["Health.status"] = new("`live`: the process answers. `ready`: its storage does, too, and no key is missing.", "ready") { OneOf = ["live", "ready"] },

        // Erasures and receipts
        ["ErasureView.id"] = new("A keyed hash of the voucher: names nobody.", VoucherId) { Pattern = LongId },
        ["ErasureView.issuer"] = new("The office that had issued it.", "3wq9yq0m"),
        ["erasedAt"] = new("When it was erased."),
        ["erasures"] = new("The entries, in the order of their ids."),
        ["added"] = new("Entries that were not there.", 3) { Minimum = 0 },
        ["known"] = new("Entries that were there already.", 397) { Minimum = 0 },
        ["ReplayRequest.from"] = new("`0` at first, then the `next` of the call before.", "0"),
        ["ReplayReport.next"] = new("Where the next call goes on; missing when all is done.", "4"),
        ["number"] = new("Counted from 1, without a gap.", 12) { Minimum = 1 },
        ["ReceiptView.at"] = new("When it was written.", "2026-11-22T10:30:00Z"),
        ["previous"] = new("The hash of the receipt before; of the first, zeros.", Hash) { Pattern = HashPattern },
        ["hash"] = new("SHA-256 of the receipt and the one before it.", Hash) { Pattern = HashPattern },
        ["receipts"] = new("The receipts, in order."),
        ["head"] = new("The last receipt there is; missing as long as nothing was deleted."),
        ["ListErasures.after"] = new("Go on after this id.", VoucherId) { Pattern = LongId },
        ["ListDeletionReceipts.after"] = new("Go on after this number.", "12") { Pattern = "^[0-9]+$" },

        // Documents and training
        ["DocumentView.name"] = new("The document's name.", "Kursbestätigung.pdf"),
        ["documents/name"] = new("The document's name, with its ending.", "Kursbestätigung.pdf"),
        ["size"] = new("Bytes.", 48213) { Minimum = 0 },
        ["type"] = new("The media type of the content, whatever the ending of the name says.", "application/pdf"),
        ["modifiedAt"] = new("When it was last changed."),
        ["etag"] = new("The version of the content, for `If-Match`.", "\"0x8DD0A5B4C3D2E1F\""),
        ["documents"] = new("The documents."),
        ["usedBytes"] = new("What all of them take.", 48213) { Minimum = 0 },
        ["limitBytes"] = new("What they may take.", 209715200) { Minimum = 0 },
        ["damaged"] = new("How many more there are of which not even the name can be read; missing when there is none.", 1) { Minimum = 1 },
        ["trainingPlace"] = new("The page of the training that was opened last; missing before the first.", "/api/training/fr/1.html"),
        ["training/path"] = new("The file, with its folders; a folder ends with a slash.", "fr/index.html"),
        ["accountId"] = new("The account's id, for `X-Account`.", AccountId),
        ["X-Account"] = new("The profile's `accountId`. If the session is of another account, nothing happens (`other-account`). Logging out always works.", AccountId),
        ["If-Match"] = new("Only if the content still has this version.", "\"0x8DD0A5B4C3D2E1F\""),
        ["If-None-Match"] = new("The version that the client has: 304 when it is still the one.", "\"0x8DD0A5B4C3D2E1F\""),
        ["PutDocument.If-None-Match"] = new("`*`: only if there is no document of the name.", "*"),
        ["Range"] = new("The part that is wanted.", "bytes=0-1048575"),
        ["If-Range"] = new("The part only if the content still has this version, else the whole.", "\"0x8DD0A5B4C3D2E1F\""),

        // Parameters
        ["Idempotency-Key"] = new(
            "Your own name for the order, 1 to 255 visible ASCII characters, stored before the request is sent. The same key and body give the same codes again.",
            "order-2026-0042")
        { MinLength = 1, MaxLength = 255 },
        ["include"] = new("`qr` adds the QR code of each voucher as SVG (JSON only).", "qr") { OneOf = ["qr"] },
        ["bom"] = new("Whether CSV begins with a byte order mark, which spreadsheets need; `true` unless given.", "false") { OneOf = ["true", "false"] },
        ["separator"] = new("What parts the columns of CSV; `comma` unless given. Excel with the settings of this country needs `semicolon`.", "semicolon") { OneOf = ["comma", "semicolon"] },
        ["after"] = new("Go on after this voucher: `next` of the page before.", VoucherId) { Pattern = LongId },
        ["limit"] = new("How many vouchers a page has at most, 1 to 1000; 1000 unless given.", "100") { Pattern = "^[0-9]{1,4}$" },
        ["changedSince"] = new("Only vouchers whose status changed since: `asOf` of the last answer.", "2026-11-22T10:01:00Z") { Format = "date-time" },
        ["GetLifecycleOutlook.at"] = new("Up to which instant, within ten years; now unless given.", "2026-12-01T00:00:00Z") { Format = "date-time" },
        ["vouchers/id"] = new("The voucher's id.", VoucherId),
        ["batches/batchId"] = new("The batch's id.", BatchId),
        ["sessions/id"] = new("The session's id, or `current` for the one of this request.", "current"),
        ["issuers/id"] = new("The office's id.", "3wq9yq0m"),
        ["keys/keyId"] = new("The key's id.", "8d1x6r2k"),
    }.ToFrozenDictionary();

    public static Word? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>Optional to the code only because it says itself what is missing.</summary>
    public static bool IsAlwaysSent(string parameter) => parameter == "Idempotency-Key";

    /// <summary>What stands in an answer that is a file.</summary>
    public static JsonNode? FileExample(string mediaType) => mediaType switch
    {
        "application/zip" => "PK …",
        "*/*" => "…",
        "text/csv" => "id,code,registrationUrl,redeemableUntil,language,reference,test\r\n"
            + $"{VoucherId},{Code},https://www.kursplatz.example.ch/?lang=fr#code={Code},2027-11-22T10:00:00Z,fr,LAU-2026-0042,false\r\n",
        "application/pdf" => "%PDF-1.4 …",
        "text/html" => "<!DOCTYPE html> …",
        _ => null,
    };
}
