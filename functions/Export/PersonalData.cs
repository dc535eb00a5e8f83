using System.Text.Json.Nodes;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Export;

/// <summary>Everything that is stored about a person, opened: what the export is written from.</summary>
public sealed record PersonalData(
    Voucher Voucher,
    Person Person,
    string OfficeName,
    string? Place,
    IReadOnlyList<Session> Sessions,
    IReadOnlyList<OutboxMail> Mails,
    IReadOnlyList<DueItem> Planned,
    DocumentListing Documents)
{
    private const string Technical = "A random number that tells two things apart; it says nothing about you.";
    private const string Secret = "Proof that a link is yours. It is not shown, so that nobody who gets this file can use it.";

    private DateTimeOffset ErasedAtLatest => AccessPeriod.DeletedAtLatest(Registration.AccessUntil);

    private Registration Registration => Voucher.Registration!;

    /// <summary>One member for each thing that is stored; a test compares them with all that is.</summary>
    /// <param name="zipped">What became of the documents.</param>
    public JsonObject ToJson(IReadOnlyList<ZippedDocument> zipped, DateTimeOffset now) => new()
    {
        ["exportedAt"] = ExportSheet.Instant(now),
        ["readMe"] = "Everything that is stored about you. `value` is what is stored, `note` says what it is for where the value would tell nothing; "
            + "`erasedAtLatest` is the instant (UTC) by which it is erased. Your documents are in the folder `documents`.",
        ["voucher"] = VoucherSheet(),
        ["registration"] = RegistrationSheet(),
        ["account"] = AccountSheet(Voucher.Account!),
        ["addressClaim"] = new ExportSheet(ErasedAtLatest)
            .Note("key", "A keyed hash of your e-mail address, to find your account when you log in.")
            .Note("voucher", "The number of your voucher, beside that hash.").Json,
        ["sessions"] = All(Sessions, SessionSheet),
        ["mails"] = All(Mails, MailSheet),
        ["planned"] = All(Planned, PlanSheet),
        ["documents"] = new JsonArray([.. zipped.Select(DocumentSheet), .. Documents.Damaged.Select(DamagedSheet)]),
    };

    private JsonObject VoucherSheet() => new ExportSheet(ErasedAtLatest)
        .Item("id", Voucher.Id.Value)
        .Item("status", Voucher.Status.ToString())
        .Item("office", OfficeName)
        .Item("issuerId", Voucher.IssuerId)
        .Item("batchId", Voucher.BatchId)
        .Item("issuedAt", Voucher.IssuedAt)
        .Item("redeemableUntil", Voucher.RedeemableUntil)
        .Item("language", Voucher.Language.Code())
        .Item("mailsAskedAt", Voucher.MailsAskedAt)
        .Item("mailedAddresses", [.. Voucher.MailedAddresses.Select(mailed => mailed.At)])
        .Item("isTest", Voucher.IsTest)
        .Item("statusChangedAt", Voucher.StatusChangedAt)
        .Item("farewellUntil", Voucher.FarewellUntil)
        .Note("operations", "Random numbers of the last eight changes, so that none is made twice.")
        .Note("schema", "The number of the form in which all this is stored.").Json;

    private JsonObject RegistrationSheet() => new ExportSheet(ErasedAtLatest)
        .Item("name", Person.Name.Value)
        .Item("email", Person.Email.Value)
        .Item("language", Registration.Language.Code())
        .Item("enteredAt", Registration.EnteredAt)
        .Item("pendingUntil", Registration.PendingUntil)
        .Item("accessUntil", Registration.AccessUntil)
        .Item("mailsAskedAt", Registration.MailsAskedAt)
        .Item("accountId", Registration.AccountId)
        .Note("id", Technical)
        .Note("emailHash", "A keyed hash of your e-mail address, to compare it without opening it.")
        .Note("wrappedKey", "The key that your name, your address and your documents are encrypted with, itself encrypted. Erased first of all.")
        .Note("activationNonce", Secret).Json;

    private JsonObject AccountSheet(Account account) => new ExportSheet(ErasedAtLatest)
        .Item("activatedAt", account.ActivatedAt)
        .Note("passwordHash", "A fingerprint of your password, from which it cannot be recovered. It is not shown, so that nobody can try passwords on it.")
        .Item("sessionEpoch", account.SessionEpoch)
        .Item("failedLogIns", account.LogIns.Count)
        .Item("lastFailedLogInAt", account.LogIns.LastAt)
        .Note("devices", "Random numbers of up to five browsers in which you have logged in, with the wrong passwords typed there today: so that a stranger's guesses do not keep you out.")
        .Item("resetUntil", account.ResetUntil)
        .Item("resetsAskedAt", account.ResetsAskedAt)
        .Note("resetNonce", Secret)
        .Note("usedResetNonce", Secret)
        .Item("documentCount", account.Documents.Count)
        .Item("documentBytes", account.Documents.Bytes)
        .Note("uploads", "How many documents and bytes were uploaded on the last day with an upload, and when the last of them came.")
        .Item("lastTrainingPage", Place)
        .Item("remindedDaysBefore", account.RemindedDaysBefore)
        .Item("closedAt", account.ClosedAt).Json;

    private JsonObject SessionSheet(Session session) => new ExportSheet(ErasedAtLatest)
        .Item("id", session.Id)
        .Item("epoch", session.Epoch)
        .Item("startedAt", session.StartedAt)
        .Item("lastSeenAt", session.LastSeenAt)
        .Item("endsAt", session.EndsAt)
        .Note("failedTries", "Wrong passwords typed in this session today.").Json;

    private static JsonObject MailSheet(OutboxMail mail) => new ExportSheet(mail.GiveUpAt)
        .Item("template", mail.Template.ToString())
        .Item("createdAt", mail.CreatedAt)
        .Item("dueAt", mail.DueAt)
        .Item("giveUpAt", mail.GiveUpAt)
        .Item("attempts", mail.Attempts)
        .Item("leasedUntil", mail.LeasedUntil)
        .Note("id", Technical)
        .Note("traceParent", "A random number of the request that wanted the mail, so that a fault can be followed.")
        .Note("registrationId", Technical)
        .Note("nonce", Secret).Json;

    private JsonObject PlanSheet(DueItem item) => new ExportSheet(ErasedAtLatest)
        .Item("kind", DueItem.KindName(item.Kind))
        .Item("at", item.At)
        .Note("voucher", "The number of your voucher, as above.")
        .Note("accountId", "The number of your account, as above.")
        .Note("tag", "Tells two plans of the same instant apart.")
        .Note("emailHash", "With plans for a registration that is not activated: the keyed hash of the address.")
        .Note("accessUntil", "With plans for a registration that is not activated: the end of the access, as above.")
        .Note("renewal", "With plans that were made more than once: a random number.")
        .Item("createdAt", item.CreatedAt).Json;

    private JsonNode DocumentSheet(ZippedDocument zipped)
    {
        var document = zipped.Document;
        var sheet = About(document.Stored, new ExportSheet(ErasedAtLatest).Item("name", document.Name.Value).Item("type", document.Name.Type.MediaType));
        return (zipped.Path is { } path ? sheet.Item("content", path) : sheet.Note("content", "Lost or damaged: it is not as it was stored, and therefore not in this file.")).Json;
    }

    private JsonNode DamagedSheet(StoredDocument stored) => About(stored, new ExportSheet(ErasedAtLatest)
        .Note("name", "Damaged: neither the name nor the content can be read any more.")
        .Note("content", "Not in this file.")).Json;

    private static ExportSheet About(StoredDocument stored, ExportSheet sheet) => sheet
        .Item("size", stored.Size)
        .Item("modifiedAt", stored.ModifiedAt)
        .Note("id", "A keyed hash of the name, to find the document by it.")
        .Note("blobId", "A random number: the name of the encrypted content.")
        .Note("crc32", "A checksum of the content, for the ZIP files that you download.");

    private static JsonArray All<T>(IEnumerable<T> things, Func<T, JsonObject> sheet) => new([.. things.Select(thing => (JsonNode)sheet(thing))]);
}
