using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Issuers;

namespace VoucherFunctions.Local;

/// <summary>An office with a key, so that the local installation can issue vouchers at once.</summary>
public static class FirstIssuer
{
    private const string Name = "ORP Lausanne (local)";
    private const int DailyQuota = 1_000_000;

    /// <summary>The secrets with the key of an office that exists: the storage may be another one than last time.</summary>
    public static async Task<LocalSecrets> EnsureAsync(IServiceProvider services, LocalSecrets secrets)
    {
        var keys = services.GetRequiredService<IssuerKeys>();
        if (!(await keys.IdentifyAsync(secrets.IssuerKey, CancellationToken.None)).IsRefused(out _, out _))
        {
            return secrets;
        }
        var administration = services.GetRequiredService<IssuerAdministration>();
        var office = await administration.CreateAsync(Name, DailyQuota, CancellationToken.None);
        var added = await administration.AddKeyAsync(office.Id, isTest: false, CancellationToken.None);
        return added.IsRefused(out var refusal, out var key)
            ? throw new InvalidOperationException($"The first key was refused: {refusal.Code}.")
            : secrets with { IssuerKey = key.Text };
    }

    public static async Task<string> IssueVoucherAsync(IServiceProvider services, LocalSecrets secrets)
    {
        var identified = await services.GetRequiredService<IssuerKeys>().IdentifyAsync(secrets.IssuerKey, CancellationToken.None);
        if (identified.IsRefused(out var refusal, out var holder))
        {
            throw new InvalidOperationException($"The local key was refused: {refusal.Code}.");
        }
        var issued = await services.GetRequiredService<Issuing>().IssueAsync(
            holder, Guid.NewGuid().ToString(), new IssueCommand(1, "local", null, Language.Fr), CancellationToken.None);
        return issued.IsRefused(out var wrong, out var batch)
            ? throw new InvalidOperationException($"No voucher was issued: {wrong.Code}.")
            : VoucherCodes.Of(batch.Batch, services.GetRequiredService<HashingKeys>()).First().Code.ToString();
    }
}
