using Azure.Data.Tables;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using static VoucherFunctions.Storage.Columns;

namespace VoucherFunctions.Storage;

/// <summary>
/// The rows of a voucher's partition. Sessions and the state are neighbours in key order, so that one range read gives both.
/// </summary>
internal static class VoucherRows
{
    public const string State = "state";
    public const string SessionPrefix = "session-";
    public const string MailPrefix = "mail-";
    public const string AfterMails = "mail-~";
    public const string DocumentPrefix = "document-";
    public const string AfterDocuments = "document-~";
    public const string AfterState = "state~";

    /// <summary>The version of the state's layout; raised when a reader must know the difference.</summary>
    private const int Schema = 1;

    public static string SessionRow(string id) => SessionPrefix + id;

    public static string MailRow(Guid id) => MailPrefix + id.ToString("N");

    public static string DocumentRow(string id) => DocumentPrefix + id;

    public static TableEntity ToEntity(Voucher voucher)
    {
        var entity = new TableEntity(voucher.Id.Value, State)
        {
            ["Schema"] = Schema,
            ["Status"] = voucher.Status.ToString(),
            ["IssuerId"] = voucher.IssuerId,
            ["BatchId"] = voucher.BatchId,
            ["IssuedAt"] = voucher.IssuedAt,
            ["RedeemableUntil"] = voucher.RedeemableUntil,
            ["Language"] = voucher.Language.Code(),
        };
        Set(entity, "Operations", JoinTexts(voucher.Operations));
        Set(entity, "VoucherMailsAskedAt", Join(voucher.MailsAskedAt));
        Set(entity, "MailedAddresses", JoinTexts(voucher.MailedAddresses));
        Set(entity, "FarewellUntil", voucher.FarewellUntil);
        Set(entity, "StatusChangedAt", voucher.StatusChangedAt);
        Set(entity, "IsTest", voucher.IsTest ? true : null);
        if (voucher.Registration is { } registration)
        {
            Write(entity, registration);
        }
        if (voucher.Account is { } account)
        {
            Write(entity, account);
        }
        return entity;
    }

    public static Voucher ToVoucher(TableEntity entity) => new()
    {
        Id = VoucherId.TryParse(entity.PartitionKey, out var id) ? id : throw new InvalidDataException("A voucher's partition key is not an id."),
        Status = Enum.Parse<StoredStatus>(entity.GetString("Status")),
        IssuerId = entity.GetString("IssuerId"),
        BatchId = entity.GetString("BatchId"),
        IssuedAt = Instant(entity, "IssuedAt"),
        RedeemableUntil = Instant(entity, "RedeemableUntil"),
        Language = LanguageOf(entity, "Language"),
        FarewellUntil = entity.GetDateTimeOffset("FarewellUntil"),
        StatusChangedAt = entity.GetDateTimeOffset("StatusChangedAt"),
        IsTest = entity.GetBoolean("IsTest") ?? false,
        Operations = [.. Split(entity.GetString("Operations"))],
        MailsAskedAt = Instants(entity, "VoucherMailsAskedAt"),
        MailedAddresses = [.. Split(entity.GetString("MailedAddresses")).Select(MailedAddress.FromStored)],
        Registration = entity.ContainsKey("RegistrationId") ? ToRegistration(entity) : null,
        Account = entity.ContainsKey("ActivatedAt") ? ToAccount(entity) : null,
    };

    public static TableEntity ToEntity(VoucherId voucher, Session session)
    {
        var entity = new TableEntity(voucher.Value, SessionRow(session.Id))
        {
            ["Epoch"] = session.Epoch,
            ["StartedAt"] = session.StartedAt,
            ["LastSeenAt"] = session.LastSeenAt,
            ["EndsAt"] = session.EndsAt,
        };
        Set(entity, "FailedTries", session.Attempts.ToText());
        return entity;
    }

    public static Session ToSession(TableEntity entity) => new()
    {
        Id = entity.RowKey[SessionPrefix.Length..],
        Epoch = entity.GetInt32("Epoch") ?? 0,
        StartedAt = Instant(entity, "StartedAt"),
        LastSeenAt = Instant(entity, "LastSeenAt"),
        EndsAt = Instant(entity, "EndsAt"),
        Attempts = Attempts.FromStored(entity.GetString("FailedTries")),
        Version = entity.ETag.ToString(),
    };

    public static TableEntity ToEntity(VoucherId voucher, OutboxMail mail)
    {
        var entity = new TableEntity(voucher.Value, MailRow(mail.Id))
        {
            ["Template"] = mail.Template.ToString(),
            ["RegistrationId"] = mail.RegistrationId,
            ["CreatedAt"] = mail.CreatedAt,
            ["GiveUpAt"] = mail.GiveUpAt,
            ["Attempts"] = mail.Attempts,
            ["DueAt"] = mail.DueAt,
        };
        Set(entity, "Nonce", mail.Nonce);
        Set(entity, "TraceParent", mail.TraceParent);
        Set(entity, "LeasedUntil", mail.LeasedUntil);
        return entity;
    }

    public static OutboxMail ToMail(TableEntity entity) => new()
    {
        Id = Guid.ParseExact(entity.RowKey.AsSpan(MailPrefix.Length), "N"),
        Template = Enum.Parse<MailTemplate>(entity.GetString("Template")),
        RegistrationId = entity.GetString("RegistrationId"),
        Nonce = entity.GetString("Nonce"),
        TraceParent = entity.GetString("TraceParent"),
        CreatedAt = Instant(entity, "CreatedAt"),
        GiveUpAt = Instant(entity, "GiveUpAt"),
        Attempts = entity.GetInt32("Attempts") ?? 0,
        LeasedUntil = entity.GetDateTimeOffset("LeasedUntil"),
        DueAt = Instant(entity, "DueAt"),
        Version = entity.ETag.ToString(),
    };

    public static TableEntity ToEntity(VoucherId voucher, StoredDocument document) => new(voucher.Value, DocumentRow(document.Id))
    {
        ["BlobId"] = document.BlobId,
        ["Size"] = document.Size,
        ["ModifiedAt"] = document.ModifiedAt,
        ["SealedName"] = document.SealedName,
        ["Crc32"] = (long?)document.Crc32,
    };

    public static StoredDocument ToDocument(TableEntity entity) => new()
    {
        Id = entity.RowKey[DocumentPrefix.Length..],
        BlobId = entity.GetString("BlobId"),
        Size = entity.GetInt64("Size") ?? 0,
        ModifiedAt = Instant(entity, "ModifiedAt"),
        SealedName = entity.GetBinary("SealedName") ?? [],
        Crc32 = (uint?)entity.GetInt64("Crc32"),
        Version = entity.ETag.ToString(),
    };

    private static void Write(TableEntity entity, Registration registration)
    {
        entity["RegistrationId"] = registration.Id;
        entity["AccountId"] = registration.AccountId;
        entity["EnteredAt"] = registration.EnteredAt;
        entity["PendingUntil"] = registration.PendingUntil;
        entity["AccessUntil"] = registration.AccessUntil;
        entity["PersonLanguage"] = registration.Language.Code();
        entity["EmailHash"] = registration.EmailHash.Value;
        entity["WrappedKey"] = registration.WrappedKey;
        entity["SealedName"] = registration.SealedName;
        entity["SealedEmail"] = registration.SealedEmail;
        entity["ActivationNonce"] = registration.ActivationNonce;
        Set(entity, "MailsAskedAt", Join(registration.MailsAskedAt));
    }

    private static Registration ToRegistration(TableEntity entity) => new()
    {
        Id = entity.GetString("RegistrationId"),
        AccountId = entity.GetString("AccountId"),
        EnteredAt = Instant(entity, "EnteredAt"),
        PendingUntil = Instant(entity, "PendingUntil"),
        AccessUntil = Instant(entity, "AccessUntil"),
        Language = LanguageOf(entity, "PersonLanguage"),
        EmailHash = EmailHash.FromStored(entity.GetString("EmailHash")),
        WrappedKey = entity.GetBinary("WrappedKey") ?? [],
        SealedName = entity.GetBinary("SealedName") ?? [],
        SealedEmail = entity.GetBinary("SealedEmail") ?? [],
        ActivationNonce = entity.GetString("ActivationNonce"),
        MailsAskedAt = Instants(entity, "MailsAskedAt"),
    };

    private static void Write(TableEntity entity, Account account)
    {
        entity["ActivatedAt"] = account.ActivatedAt;
        entity["PasswordHash"] = account.PasswordHash;
        entity["SessionEpoch"] = account.SessionEpoch;
        entity["FailedLogIns"] = account.LogIns.Count;
        Set(entity, "ResetsAskedAt", Join(account.ResetsAskedAt));
        entity["DocumentCount"] = account.Documents.Count;
        entity["DocumentBytes"] = account.Documents.Bytes;
        Set(entity, "Devices", JoinTexts(account.Devices.Select(device => $"{device.Id}={device.Attempts.ToText()}")));
        Set(entity, "Uploads", account.Uploads.ToText());
        Set(entity, "LastFailedLogInAt", account.LogIns.LastAt);
        Set(entity, "ResetNonce", account.ResetNonce);
        Set(entity, "ResetUntil", account.ResetUntil);
        Set(entity, "UsedResetNonce", account.UsedResetNonce);
        Set(entity, "RemindedDaysBefore", account.RemindedDaysBefore);
        Set(entity, "ClosedAt", account.ClosedAt);
        Set(entity, "SealedPlace", account.EncryptedLastPage);
    }

    private static Account ToAccount(TableEntity entity) => new()
    {
        ActivatedAt = Instant(entity, "ActivatedAt"),
        PasswordHash = entity.GetString("PasswordHash"),
        SessionEpoch = entity.GetInt32("SessionEpoch") ?? 0,
        LogIns = new Attempts(entity.GetInt32("FailedLogIns") ?? 0, entity.GetDateTimeOffset("LastFailedLogInAt")),
        Devices = [.. Split(entity.GetString("Devices")).Select(device => device.Split('=')).Select(parts => new KnownDevice(parts[0], Attempts.FromStored(parts[1])))],
        ResetNonce = entity.GetString("ResetNonce"),
        ResetUntil = entity.GetDateTimeOffset("ResetUntil"),
        UsedResetNonce = entity.GetString("UsedResetNonce"),
        ResetsAskedAt = Instants(entity, "ResetsAskedAt"),
        Documents = new DocumentTotals(entity.GetInt32("DocumentCount") ?? 0, entity.GetInt64("DocumentBytes") ?? 0),
        Uploads = UploadBudget.FromStored(entity.GetString("Uploads")),
        RemindedDaysBefore = entity.GetInt32("RemindedDaysBefore"),
        ClosedAt = entity.GetDateTimeOffset("ClosedAt"),
        EncryptedLastPage = entity.GetBinary("SealedPlace"),
    };
}
