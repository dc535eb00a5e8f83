using Azure.Data.Tables;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Races;

/// <summary>What must hold of the storage when all is over, read past the app.</summary>
public static class StoredState
{
    private const string State = "state";

    public static async Task<IReadOnlyList<string>> CheckAsync(TableServiceClient service, string prefix)
    {
        var broken = new List<string>();
        var vouchers = await ReadAsync(service.GetTableClient(prefix + "vouchers"));
        var claims = (await ReadAsync(service.GetTableClient(prefix + "emails"))).ToDictionary(claim => claim.PartitionKey);
        foreach (var partition in vouchers.GroupBy(row => row.PartitionKey))
        {
            if (partition.All(row => row.RowKey != State))
            {
                broken.Add($"{partition.Key} has rows and no state");
            }
        }
        foreach (var account in vouchers.Where(row => row.RowKey == State && row.GetString("Status") == "Active").GroupBy(row => row.GetString("EmailHash")))
        {
            if (account.Count() > 1)
            {
                broken.Add($"{account.Count()} live accounts of one address");
            }
            if (!EmailHash.FromStored(account.Key).Claims.All(key => claims.TryGetValue(key, out var claim) && claim.GetString("Voucher") == account.First().PartitionKey))
            {
                broken.Add($"the claim of {account.First().PartitionKey} does not point to it");
            }
        }
        return broken;
    }

    private static async Task<List<TableEntity>> ReadAsync(TableClient table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>())
        {
            rows.Add(row);
        }
        return rows;
    }
}
