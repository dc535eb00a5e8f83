using System.Globalization;
using Azure.Data.Tables;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;

namespace VoucherFunctions.Storage;

/// <summary>The rows of an office's partition.</summary>
internal static class IssuerRows
{
    public const string State = "issuer";
    public const string KeyPrefix = "key-";
    public const string BatchPrefix = "batch-";
    private const string TestMark = ",test";

    public static string BatchRow(string id) => BatchPrefix + id;

    public static TableEntity ToEntity(Issuer issuer) => new(issuer.Id, State)
    {
        ["Name"] = issuer.Name,
        ["CreatedAt"] = issuer.CreatedAt,
        ["Disabled"] = issuer.Disabled,
        ["DailyQuota"] = issuer.DailyQuota,
        ["QuotaDay"] = issuer.QuotaDay ?? "",
        ["IssuedThatDay"] = issuer.IssuedThatDay,
        ["TestIssuedThatDay"] = issuer.TestIssuedThatDay,
        ["Keys"] = string.Join(';', issuer.Keys.Select(key =>
            string.Create(CultureInfo.InvariantCulture, $"{key.Id},{key.SecretHash},{key.CreatedAt.UtcTicks}{(key.IsTest ? TestMark : "")}"))),
    };

    public static Issuer ToIssuer(TableEntity entity) => new()
    {
        Id = entity.PartitionKey,
        Name = entity.GetString("Name"),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
        Disabled = entity.GetBoolean("Disabled") ?? false,
        DailyQuota = entity.GetInt32("DailyQuota") ?? 0,
        QuotaDay = entity.GetString("QuotaDay"),
        IssuedThatDay = entity.GetInt32("IssuedThatDay") ?? 0,
        TestIssuedThatDay = entity.GetInt32("TestIssuedThatDay") ?? 0,
        Keys = [.. entity.GetString("Keys").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ToKey)],
        Version = entity.ETag.ToString(),
    };

    private static IssuerKey ToKey(string text)
    {
        var parts = text.Split(',');
        return new IssuerKey(parts[0], parts[1], new DateTimeOffset(long.Parse(parts[2], CultureInfo.InvariantCulture), TimeSpan.Zero))
        {
            IsTest = parts.Length > 3,
        };
    }

    public static TableEntity ToEntity(Batch batch)
    {
        var entity = new TableEntity(batch.IssuerId, BatchRow(batch.Id))
        {
            ["RequestHash"] = batch.RequestHash,
            ["Nonce"] = batch.Nonce,
            ["KeyVersion"] = (int)batch.KeyVersion,
            ["Count"] = batch.Count,
            ["CreatedAt"] = batch.CreatedAt,
            ["RedeemableUntil"] = batch.RedeemableUntil,
            ["Language"] = batch.Language.Code(),
            ["Completed"] = batch.Completed,
            ["IsTest"] = batch.IsTest,
        };
        if (batch.Reference is { } reference)
        {
            entity["Reference"] = reference;
        }
        return entity;
    }

    public static Batch ToBatch(TableEntity entity) => new()
    {
        Id = entity.RowKey[BatchPrefix.Length..],
        IssuerId = entity.PartitionKey,
        RequestHash = entity.GetString("RequestHash"),
        Nonce = entity.GetBinary("Nonce"),
        KeyVersion = (byte)(entity.GetInt32("KeyVersion") ?? 0),
        Count = entity.GetInt32("Count") ?? 0,
        Reference = entity.GetString("Reference"),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
        RedeemableUntil = entity.GetDateTimeOffset("RedeemableUntil") ?? default,
        Language = Languages.TryParse(entity.GetString("Language"), out var language) ? language : Language.Fr,
        Completed = entity.GetBoolean("Completed") ?? false,
        IsTest = entity.GetBoolean("IsTest") ?? false,
        Version = entity.ETag.ToString(),
    };
}
