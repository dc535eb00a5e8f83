using Azure;
using Azure.Data.Tables;

namespace VoucherFunctions.Storage;

/// <summary>
/// The table service's own limits (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model),
/// checked here because Azurite does not check all of them.
/// </summary>
public static class TableLimits
{
    public const int BatchActions = 100;

    /// <summary>255 less PartitionKey, RowKey and Timestamp.</summary>
    public const int Properties = 252;
    private const int KeyLength = 512;
    private static readonly DateTimeOffset FirstDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void CheckKeys(string partition, string row)
    {
        CheckKey(partition, nameof(partition));
        CheckKey(row, nameof(row));
    }

    /// <summary>Refuses forbidden keys, too many properties and dates before 1601 with <see cref="ArgumentException"/>.</summary>
    public static void Check(TableEntity entity)
    {
        CheckKeys(entity.PartitionKey, entity.RowKey);
        var properties = 0;
        foreach (var (name, value) in entity)
        {
            if (name is "PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")
            {
                continue;
            }
            properties++;
            if ((value is DateTimeOffset instant && instant < FirstDate) || (value is DateTime date && date < FirstDate.UtcDateTime))
            {
                throw new ArgumentException($"The date in {name} is before 1601.", nameof(entity));
            }
        }
        if (properties > Properties)
        {
            throw new ArgumentException($"A row has {Properties} properties at most.", nameof(entity));
        }
    }

    /// <summary>Refuses "any ETag" and none at all: both would overwrite somebody (docs/rules.md#r1).</summary>
    public static ETag Conditional(ETag read) => read.ToString() is "" or "*"
        ? throw new ArgumentException("A change needs the ETag that was read.", nameof(read))
        : read;

    private static void CheckKey(string key, string name)
    {
        if (key.Length is 0 or > KeyLength || key.Any(c => c is '/' or '\\' or '#' or '?' or '\'' || char.IsControl(c)))
        {
            throw new ArgumentException("A key is 1 to 512 characters without / \\ # ? ' or control characters.", name);
        }
    }
}
