using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Mail;

/// <summary>
/// May a mail leave now, by the quota of the mail service? This instance takes portions of the budget that all instances share, and uses each within its minute.
/// Without a known quota every mail may leave, and only the answers of the service limit.
/// </summary>
public sealed partial class SharedMailBudget(MailBudgetStore store, MailQuota quota, ILogger<SharedMailBudget> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MailLane, int> _left = [];
    private readonly HashSet<MailLane> _usedUp = [];
    private long _minute;

    public async Task<bool> TryTakeAsync(MailLane lane, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!quota.IsKnown || TryTakeOwn(lane, now))
        {
            return true;
        }
        if (IsUsedUp(lane))
        {
            return false;
        }
        var taken = await store.TakeAsync(quota, lane, now, cancellation);
        if (taken == 0)
        {
            Close(lane);
            return false;
        }
        lock (_lock)
        {
            _left[lane] = _left.GetValueOrDefault(lane) + taken - 1;
        }
        return true;
    }

    /// <summary>The service refused a mail for its quota.</summary>
    public async Task RefusedAsync(TimeSpan wait, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!quota.IsKnown)
        {
            return;
        }
        lock (_lock)
        {
            _left.Clear();
        }
        await store.RefusedAsync(wait, now, cancellation);
    }

    /// <summary>At the end of a run of the mail timer: logs an error when mails that somebody waits for are among those that are left.</summary>
    /// <param name="waiting">Mails that are due and have not left.</param>
    public void ReportWaiting(int waiting)
    {
        if (waiting > 0 && IsUsedUp(MailLane.Awaited))
        {
            var needed = quota.For(waiting);
            Log.AwaitedMailWaits(logger, waiting, quota.PerMinute, quota.PerHour, needed.PerMinute, needed.PerHour);
        }
    }

    private bool TryTakeOwn(MailLane lane, DateTimeOffset now)
    {
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        lock (_lock)
        {
            if (minute != _minute)
            {
                _minute = minute;
                _left.Clear();
                _usedUp.Clear();
            }
            if (_left.GetValueOrDefault(lane) == 0)
            {
                return false;
            }
            _left[lane]--;
            return true;
        }
    }

    private bool IsUsedUp(MailLane lane)
    {
        lock (_lock)
        {
            return _usedUp.Contains(lane);
        }
    }

    /// <summary>Until the next minute, so that not every mail that waits costs a call.</summary>
    private void Close(MailLane lane)
    {
        lock (_lock)
        {
            _usedUp.Add(lane);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Waiting} mails wait, activation or reset mails among them: the quota of {PerMinute} mails a minute and {PerHour} an hour is used up. Ask Azure support to raise the e-mail quota of Azure Communication Services to at least {NeededPerMinute} mails a minute and {NeededPerHour} an hour, then set Mail__PerMinute and Mail__PerHour (docs/operations.md#mail-quota).")]
        public static partial void AwaitedMailWaits(ILogger logger, int waiting, int perMinute, int perHour, int neededPerMinute, int neededPerHour);
    }
}
