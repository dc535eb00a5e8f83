using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Issuers;

/// <summary>The administrators' side: offices, their keys and quotas.</summary>
public sealed partial class IssuerAdministration(IssuerStore issuers, TimeProvider clock, ILogger<IssuerAdministration> logger)
{
    public Task<IReadOnlyList<IssuerOverview>> ListAsync(CancellationToken cancellation) => issuers.ListAsync(cancellation);

    /// <summary>With the last use of each key.</summary>
    public async Task<IssuerOverview?> FindAsync(string id, CancellationToken cancellation) =>
        IssuerKeys.IsId(id) ? await issuers.FindOverviewAsync(id, cancellation) : null;

    public async Task<Issuer> CreateAsync(string name, int dailyQuota, CancellationToken cancellation)
    {
        var issuer = new Issuer { Id = IssuerKeys.NewId(), Name = name, CreatedAt = clock.GetUtcNow(), DailyQuota = dailyQuota };
        await issuers.AddAsync(issuer, cancellation);
        Log.Created(logger, issuer.Id);
        return issuer;
    }

    public Task<Result<Issuer>> ChangeAsync(string id, int? dailyQuota, bool? disabled, CancellationToken cancellation) =>
        ChangeAsync(id, issuer => issuer with { DailyQuota = dailyQuota ?? issuer.DailyQuota, Disabled = disabled ?? issuer.Disabled }, cancellation);

    /// <summary>Adds a key; the text is shown this once. <c>too-many-keys</c> when there are two of its kind.</summary>
    public async Task<Result<(IssuerKey Key, string Text)>> AddKeyAsync(string id, bool isTest, CancellationToken cancellation)
    {
        var added = IssuerKeys.New(id, isTest, clock.GetUtcNow());
        var answer = await ChangeAsync(
            id,
            issuer => issuer.Keys.Contains(added.Key) ? issuer
                : issuer.Keys.Count(key => key.IsTest == isTest) < Issuer.MostKeys ? issuer with { Keys = issuer.Keys.Add(added.Key) }
                : Problems.TooManyKeys,
            cancellation);
        if (answer.IsRefused(out var refusal, out _))
        {
            return refusal;
        }
        Log.KeyAdded(logger, id, added.Key.Id);
        return added;
    }

    public async Task<Result<Issuer>> RemoveKeyAsync(string id, string keyId, CancellationToken cancellation)
    {
        var wasThere = false;
        var answer = await ChangeAsync(
            id,
            issuer =>
            {
                var kept = issuer.Keys.RemoveAll(key => key.Id == keyId);
                wasThere |= kept.Length < issuer.Keys.Length;
                return wasThere ? issuer with { Keys = kept } : Problems.KeyUnknown;
            },
            cancellation);
        if (answer.Refusal is null)
        {
            Log.KeyRemoved(logger, id, keyId);
        }
        return answer;
    }

    private async Task<Result<Issuer>> ChangeAsync(string id, Func<Issuer, Result<Issuer>> change, CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry(); IssuerKeys.IsId(id) && await issuers.FindAsync(id, cancellation) is { } issuer; retry.CountConflict())
        {
            if (change(issuer).IsRefused(out var refusal, out var next))
            {
                return refusal;
            }
            // It is as it should be: perhaps by this very request, whose answer was lost (docs/rules.md#r6).
            if (next == issuer || await issuers.TryReplaceAsync(next, cancellation))
            {
                return next;
            }
        }
        return Problems.IssuerUnknown;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Issuer {IssuerId} was created.")]
        public static partial void Created(ILogger logger, string issuerId);

        [LoggerMessage(2, LogLevel.Information, "Key {KeyId} of issuer {IssuerId} was created.")]
        public static partial void KeyAdded(ILogger logger, string issuerId, string keyId);

        [LoggerMessage(3, LogLevel.Information, "Key {KeyId} of issuer {IssuerId} was revoked.")]
        public static partial void KeyRemoved(ILogger logger, string issuerId, string keyId);
    }
}
