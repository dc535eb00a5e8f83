using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Simulation.Running;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Simulation.Flows;

/// <summary>
/// Scenes in which a reminder, the mail of a reset and one of an activation wait, and the quota of the mail service has room for one of them. An hour is nearly over in each, so
/// that all mails have left in ten minutes.
/// </summary>
public sealed partial class Stage
{
    private static readonly MailQuota Quota = new(PerMinute: 8, PerHour: 100);

    /// <summary>What the runs of these scenes are about needs no session.</summary>
    private static readonly string[] NotNeeded = ["cookie1", "cookie2", "document1", "token1", "token2", "reset1"];

    private IEnumerable<Scene> Budgets(Scene reminderDue)
    {
        LeaveOne(reminderDue, leftEarlier: 60, leftNow: Quota.PerMinute - 1);
        yield return Save("one mail left of the minute");
        Do("send mail");
        Pass(TimeSpan.FromMinutes(1));
        yield return Save("an awaited mail had to wait");
        LeaveOne(reminderDue, leftEarlier: Quota.PerHour - 1, leftNow: 0);
        yield return Save("one mail left of the hour");
    }

    private void LeaveOne(Scene reminderDue, int leftEarlier, int leftNow)
    {
        Return(reminderDue);
        foreach (var name in NotNeeded)
        {
            _known.Remove(name);
        }
        world.Limit(Quota);
        Pass(TimeSpan.FromMinutes(52));
        Do("remind");
        Use(leftEarlier);
        Pass(TimeSpan.FromMinutes(1));
        Do("request reset", label: "a reset");
        Do("register 2", label: "another");
        Pass(TimeSpan.FromMinutes(2));
        Use(leftNow);
    }

    /// <summary>As if so many mails had left at this moment. Of a quota of sixty times as many they are one portion.</summary>
    private void Use(int mails)
    {
        if (mails > 0)
        {
            Ask(async host =>
            {
                await host.Services.GetRequiredService<MailBudgetStore>().TakeAsync(new MailQuota(60 * mails, 0), MailLane.Awaited, world.Now, CancellationToken.None);
                return new Reply(200, null, null, null);
            });
        }
    }
}
