using Azure.Data.Tables;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;

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

    /// <summary>The voucher that holds the address under the newest key that knows it. All keys are asked at once: finding takes as long as not finding.</summary>
    public async Task<Claim?> FindAsync(EmailHash email, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(email.Claims.Select(key => FindAsync(key, cancellation)));
        return found.LastOrDefault(claim => claim is not null);
    }

    /// <summary>
    /// Writes the claim, over <paramref name="read"/> if there was one. False when it was changed meanwhile (or the answer was lost: then the next
    /// read shows it).
    /// </summary>
    public async Task<bool> TryWriteAsync(string key, VoucherId voucher, Claim? read, CancellationToken cancellation)
    {
        var entity = new TableEntity(key, Row) { ["Voucher"] = voucher.Value };
        return await tables.Emails.TrySaveAsync(entity, StoredVersion.OfAny(read?.Version), cancellation) is not null;
    }

    /// <summary>False when the claim was written anew since it was read; not there counts as done (docs/rules.md#r7).</summary>
    public Task<bool> TryDeleteAsync(Claim claim, CancellationToken cancellation) =>
        tables.Emails.TryDeleteAsync(claim.Key, Row, StoredVersion.Of(claim.Version), cancellation);
}
