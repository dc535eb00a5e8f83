using System.Globalization;
using System.Text.Json;
using VoucherFunctions.InMemoryStorage.Http;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>
/// What the service refuses, with its own codes (https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes).
/// </summary>
public sealed record TableError(int Status, string Code, string Message)
{
    public static readonly TableError AlreadyExists = new(409, "EntityAlreadyExists", "The specified entity already exists.");
    public static readonly TableError NotFound = new(404, "ResourceNotFound", "The specified resource does not exist.");
    public static readonly TableError Stale = new(412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
    public static readonly TableError NoTable = new(404, "TableNotFound", "The table specified does not exist.");
    public static readonly TableError TableExists = new(409, "TableAlreadyExists", "The table specified already exists.");
    public static readonly TableError TwoPartitions = new(400, "CommandsInBatchActOnDifferentPartitions", "All commands in a batch must operate on same entity group.");
    public static readonly TableError TwiceTheSameRow = new(400, "InvalidDuplicateRow", "The batch request contains multiple changes with same row key. An entity can appear only once in a batch request.");
    public static readonly TableError TooManyChanges = new(400, "InvalidInput", "The batch request operation exceeds the maximum 100 changes per change set.");
    public static readonly TableError TooLargeABatch = new(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
    public static readonly TableError TooManyProperties = new(400, "TooManyProperties", "The entity contains more properties than allowed. Each entity can include up to 252 properties to store data.");
    public static readonly TableError TooLarge = new(400, "EntityTooLarge", "The entity is larger than the maximum allowed size (1MB).");
    public static readonly TableError ValueTooLarge = new(400, "PropertyValueTooLarge", "The property value exceeds the maximum allowed size (64KB). If the property value is a string, it is UTF-16 encoded and the maximum number of characters should be 32K or less.");
    public static readonly TableError KeyTooLarge = new(400, "KeyValueTooLarge", "The key value is larger than the maximum allowed size (1KB).");
    public static readonly TableError OutOfRange = new(400, "OutOfRangeInput", "One of the request inputs is out of range.");
    public static readonly TableError NoKeys = new(400, "PropertiesNeedValue", "The values are not specified for all properties in the entity.");
    public static readonly TableError Malformed = new(400, "InvalidInput", "One of the request inputs is not valid.");
    public static readonly TableError NotImplemented = new(501, "NotImplemented", "The requested operation is not implemented on the specified resource.");

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["odata.error"] = new { code = Code, message = new { lang = "en-US", value = $"{Message}\nRequestId:memory\nTime:2026-01-01T00:00:00.0000000Z" } },
    });

    public MemoryResponse ToResponse() => new MemoryResponse(Status, ToJson())
        .With("x-ms-error-code", Code)
        .With("Content-Type", "application/json;odata=minimalmetadata;streaming=true;charset=utf-8");

    /// <summary>As the answer to a batch: the index of the change that failed goes before the message.</summary>
    public TableError At(int index) => this with { Message = string.Create(CultureInfo.InvariantCulture, $"{index}:{Message}") };
}
