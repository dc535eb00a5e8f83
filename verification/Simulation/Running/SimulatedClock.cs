namespace VoucherFunctions.Simulation.Running;

/// <summary>Time as the simulation says. One host's clock may be some way off.</summary>
public sealed class SimulatedClock : TimeProvider
{
    private readonly List<Alarm> _alarms = [];

    public DateTimeOffset Now { get; private set; }

    public TimeSpan Skew { get; set; }

    public override DateTimeOffset GetUtcNow() => Now + Skew;

    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>To any time, also an earlier one: another run begins.</summary>
    public void Set(DateTimeOffset now)
    {
        _alarms.Clear();
        Now = now;
        Skew = TimeSpan.Zero;
    }

    public void MoveTo(DateTimeOffset now)
    {
        Now = now > Now ? now : Now;
        foreach (var alarm in _alarms.Where(alarm => alarm.At <= Now).ToList())
        {
            _alarms.Remove(alarm);
            alarm.Ring();
        }
    }

    private sealed class Alarm(SimulatedClock clock, Action ring) : ITimer
    {
        public DateTimeOffset At { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._alarms.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                At = clock.Now + dueTime;
                clock._alarms.Add(this);
            }
            return true;
        }

        public void Dispose() => clock._alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
