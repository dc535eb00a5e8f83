using Azure;
using Azure.Data.Tables;
using VoucherFunctions.Security;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Storage;

/// <summary>Whose voucher it was, and when its deletion was done.</summary>
public sealed record Erasure(string IssuerId, bool IsTest, DateTimeOffset ErasedAt);

/// <summary>
/// Table <c>erasures</c>: keyed hashes of the vouchers whose account was deleted, so that none of them is ever used again and its issuer is told "deleted".
/// Names nobody: a voucher's code is random, and the person's data are gone.
/// </summary>
public sealed class ErasureLedger(StorageTables tables, HashingKeys keys)
{
    private const string Row = "erased";

    /// <summary>The issuer of the voucher, or null when no account of it was deleted.</summary>
    public async Task<string?> FindIssuerAsync(VoucherId voucher, CancellationToken cancellation) =>
        (await FindAsync(voucher, cancellation))?.IssuerId;

    public async Task<Erasure?> FindAsync(VoucherId voucher, CancellationToken cancellation)
    {
        foreach (var version in keys.Versions)
        {
            if (await tables.Erasures.FindAsync(Key(voucher, version), Row, cancellation) is { } entity)
            {
                return new Erasure(
                    entity.GetString("IssuerId"), entity.GetBoolean("IsTest") ?? false, entity.GetDateTimeOffset("ErasedAt") ?? default);
            }
        }
        return null;
    }

    public async Task AddAsync(Voucher voucher, DateTimeOffset now, CancellationToken cancellation)
    {
        var entity = new TableEntity(Key(voucher.Id, keys.Current), Row) { ["IssuerId"] = voucher.IssuerId, ["ErasedAt"] = now, ["IsTest"] = voucher.IsTest };
        try
        {
            await tables.Erasures.AddAsync(entity, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // An earlier run of the same deletion wrote it.
        }
    }

    private string Key(VoucherId voucher, byte version) =>
        Base32.Encode(keys.Hash(version, HashPurpose.Ledger, voucher.Value).AsSpan(0, VoucherId.Bytes));
}
