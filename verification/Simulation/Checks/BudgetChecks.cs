using System.Globalization;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>
/// What may leave by the quota of the mail service: so many mails a minute and an hour, and a quarter of each only for mails that somebody waits for. It counts mails,
/// and reads from the storage only what had left before the run.
/// </summary>
public sealed class BudgetChecks(World world, Action<int, string> add)
{
    private const int ReserveParts = 4;
    private static readonly TimeSpan StandBack = TimeSpan.FromMinutes(2);
    private static readonly string[] Awaited = ["Activation", "AddressCorrected", "PasswordReset", "ResetAfterEnd"];

    private readonly List<(DateTimeOffset At, int Step)> _left = [];
    private (Actor Sender, DateTimeOffset Until, int Step)? _refusal;
    private DateTimeOffset _begun;
    private DateTimeOffset? _awaitedWaitAt;
    private int _beforeInMinute;
    private int _beforeInHour;

    /// <summary>A run begins.</summary>
    public void Begin()
    {
        _left.Clear();
        _refusal = null;
        var stored = world.Quota.IsKnown ? world.Space.Find("throttle", "mailbudget", "all") : null;
        (_begun, _awaitedWaitAt) = (world.Now, stored?.Time("AwaitedWaitAt"));
        _beforeInMinute = Before(stored, "Minute", TimeSpan.TicksPerMinute);
        _beforeInHour = Before(stored, "Hour", TimeSpan.TicksPerHour);
    }

    /// <summary>A mail is about to leave. Of the farewell, which is not stored, the template is null.</summary>
    public void Sending(Actor actor, string? template, int step)
    {
        if (!world.Quota.IsKnown)
        {
            return;
        }
        if (_refusal is { Sender.IsDone: true } refusal && actor.Began >= refusal.Step && world.Now < refusal.Until)
        {
            add(29, "a mail leaves though the service, over its quota, wants to be left alone");
        }
        var canWait = !Awaited.Contains(template);
        if (canWait && world.Now < _awaitedWaitAt + StandBack)
        {
            add(28, "a mail that can wait leaves within two minutes after one that somebody waits for had to wait");
        }
        // What had left when the sender began was counted before this mail's turn; what has left since may have been counted after it.
        var counted = canWait ? _left.Where(mail => mail.Step < actor.Began).ToList() : [];
        _left.Add((world.Now, step));
        Check("minute", world.Quota.PerMinute, TimeSpan.TicksPerMinute, _beforeInMinute, canWait, counted);
        Check("hour", world.Quota.PerHour, TimeSpan.TicksPerHour, _beforeInHour, canWait, counted);
    }

    /// <summary>The service is over its quota. Once the sender that it told has finished, every process knows.</summary>
    public void Refused(Actor sender, DateTimeOffset until) => _refusal = (sender, until, int.MaxValue);

    /// <summary>So much has changed now, the last of it by this one.</summary>
    public void Changed(Actor? actor, int step) => _refusal = _refusal is { } refusal && refusal.Sender == actor ? refusal with { Step = step } : _refusal;

    private void Check(string name, int quota, long ticks, int before, bool canWait, List<(DateTimeOffset At, int Step)> counted)
    {
        var current = world.Now.UtcTicks / ticks;
        var earlier = _begun.UtcTicks / ticks == current ? before : 0;
        var all = earlier + CountIn(_left);
        if (all > quota)
        {
            add(27, $"{all} mails leave in one {name} where {quota} may");
        }
        var most = quota - (quota + ReserveParts - 1) / ReserveParts;
        if (canWait && earlier + CountIn(counted) >= most)
        {
            add(28, $"a mail that can wait leaves though {most} or more have left in this {name}: the rest is for those that somebody waits for");
        }

        int CountIn(List<(DateTimeOffset At, int Step)> mails) => mails.Count(mail => mail.At.UtcTicks / ticks == current);
    }

    private int Before(TableRow? stored, string name, long ticks) =>
        stored is not null && long.Parse(stored.Get(name)!, CultureInfo.InvariantCulture) == _begun.UtcTicks / ticks
            ? int.Parse(stored.Get($"In{name}")!, CultureInfo.InvariantCulture)
            : 0;
}
