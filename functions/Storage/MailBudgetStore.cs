using Azure.Data.Tables;
using VoucherFunctions.Domain.Mail;

namespace VoucherFunctions.Storage;

/// <summary>The mail budget of all instances: one row of table <c>throttle</c>. No person in it.</summary>
public sealed class MailBudgetStore(StorageTables tables)
{
    private const string Partition = "mailbudget";
    private const string Row = "all";

    /// <summary>Takes as many of the wanted mails as may leave now.</summary>
    public async Task<int> TakeAsync(MailQuota quota, MailLane lane, DateTimeOffset now, CancellationToken cancellation)
    {
        var taken = 0;
        await tables.Throttle.ChangeAsync(Partition, Row, stored =>
        {
            var budget = ToBudget(stored);
            (taken, var next) = budget.Take(quota, lane, quota.Portion, now);
            return taken == 0 && next.AwaitedWaitAt == budget.AwaitedWaitAt ? null : ToEntity(next);
        }, cancellation);
        return taken;
    }

    /// <summary>The service refused a mail for its quota: every instance waits, and the budget learns.</summary>
    public Task RefusedAsync(TimeSpan wait, DateTimeOffset now, CancellationToken cancellation) =>
        tables.Throttle.ChangeAsync(Partition, Row, stored => ToEntity(ToBudget(stored).Refused(wait, now)), cancellation);

    private static MailBudget ToBudget(TableEntity? entity) => entity is null ? MailBudget.Unused : new MailBudget(
        entity.GetInt64("Minute") ?? 0,
        entity.GetInt32("InMinute") ?? 0,
        entity.GetInt64("Hour") ?? 0,
        entity.GetInt32("InHour") ?? 0,
        entity.GetDateTimeOffset("PausedUntil"),
        entity.GetInt32("LearntPerMinute"),
        entity.GetInt32("LearntPerHour"),
        entity.GetDateTimeOffset("LearntUntil"),
        entity.GetDateTimeOffset("AwaitedWaitAt"));

    private static TableEntity ToEntity(MailBudget budget)
    {
        var entity = new TableEntity(Partition, Row)
        {
            ["Minute"] = budget.Minute,
            ["InMinute"] = budget.InMinute,
            ["Hour"] = budget.Hour,
            ["InHour"] = budget.InHour,
        };
        Set(entity, "PausedUntil", budget.PausedUntil);
        Set(entity, "LearntPerMinute", budget.LearntPerMinute);
        Set(entity, "LearntPerHour", budget.LearntPerHour);
        Set(entity, "LearntUntil", budget.LearntUntil);
        Set(entity, "AwaitedWaitAt", budget.AwaitedWaitAt);
        return entity;
    }

    private static void Set(TableEntity entity, string name, object? value)
    {
        if (value is not null)
        {
            entity[name] = value;
        }
    }
}
