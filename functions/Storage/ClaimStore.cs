using Azure;
using Azure.Data.Tables;
using VoucherFunctions.Accounts;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Storage;

/// <summary>Which voucher holds an address, as read.</summary>
public sealed record Claim(string Key, VoucherId Voucher, string Version);

/// <summary>Table <c>emails</c>: one row an address (by keyed hash), naming the voucher whose account it is.</summary>
public sealed class ClaimStore(StorageTables tables)
{
    private const string Row = "claim";

    public async Task<Claim?> FindAsync(string key, CancellationToken cancellation) =>
        await tables.Emails.FindAsync(key, Row, cancellation) is { } entity && VoucherId.TryParse(entity.GetString("Voucher"), out var voucher)
            ? new Claim(key, voucher, entity.ETag.ToString())
            : null;

    /// <summary>The voucher that holds the address under the newest key that knows it.</summary>
    public async Task<Claim?> FindAsync(EmailHash email, CancellationToken cancellation)
    {
        foreach (var key in email.Claims.Reverse())
        {
            if (await FindAsync(key, cancellation) is { } claim)
            {
                return claim;
            }
        }
        return null;
    }

    /// <summary>
    /// Writes the claim, over <paramref name="read"/> if there was one. False when it was changed meanwhile (or the answer was lost: then the next
    /// read shows it).
    /// </summary>
    public async Task<bool> TryWriteAsync(string key, VoucherId voucher, Claim? read, CancellationToken cancellation)
    {
        var entity = new TableEntity(key, Row) { ["Voucher"] = voucher.Value };
        try
        {
            if (read is null)
            {
                await tables.Emails.AddAsync(entity, cancellation);
            }
            else
            {
                await tables.Emails.ReplaceAsync(entity, StoredVersion.Of(read.Version), cancellation);
            }
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    /// <summary>Removes the claims on the address that name this voucher; others are left alone (R7).</summary>
    public async Task ReleaseAsync(EmailHash email, VoucherId voucher, CancellationToken cancellation)
    {
        foreach (var key in email.Claims)
        {
            while (await FindAsync(key, cancellation) is { } claim && claim.Voucher == voucher)
            {
                await TryRemoveAsync(claim, cancellation);
            }
        }
    }

    /// <summary>Removes a claim as it was read; false when it was written anew meanwhile.</summary>
    public async Task<bool> TryRemoveAsync(Claim claim, CancellationToken cancellation)
    {
        try
        {
            await tables.Emails.DeleteAsync(claim.Key, Row, StoredVersion.Of(claim.Version), cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }
}
