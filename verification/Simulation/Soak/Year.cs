using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Soak;

/// <summary>
/// One world for a year in which vouchers are handed out, and on until the last deadline has passed. Something goes wrong every day. Time goes from one thing that
/// somebody does, or that is due, to the next.
/// </summary>
public sealed class Year
{
    private const int Batches = 100;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TimerPeriod = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(80);
    private static readonly TimeSpan CountersGone = TimeSpan.FromDays(3);
    private static readonly (string Kind, Flow Flow)[] Timers =
        [("lapse", Flow.Of("lapse")), ("remind", Flow.Of("remind")), ("lock", Flow.Of("lock")), ("delete", Flow.Of("delete")), ("mail", Flow.Of("send mail")), ("blob", Flow.Of("orphan blobs"))];

    private readonly World _world = new();
    private readonly Random _random;
    private readonly SoakReport _report;
    private readonly Audit _audit;
    private readonly Office _office;
    private readonly DueTimes _due;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Number)> _agenda = new();
    private readonly List<Participant> _participants = [];
    private readonly Dictionary<string, Participant> _byAddress = [];
    private Misfortune _today;
    private DateTimeOffset _day;
    private DateTimeOffset _lastTrouble;
    private int _planned;

    public Year(int participants, int seed)
    {
        _random = new Random(seed);
        _report = new SoakReport { Participants = participants, Seed = seed };
        (_audit, _office, _due) = (new Audit(_world), new Office(_world), new DueTimes(_world.Space));
        _day = _world.Now;
        _today = Misfortune.Draw(_day, _random);
        _office.Open();
        var perBatch = Math.Max(1, participants / Batches);
        for (var first = 0; first < participants; first += perBatch)
        {
            var (number, count) = (first / perBatch, Math.Min(perBatch, participants - first));
            Plan(_world.Now + TimeSpan.FromMinutes(365L * 24 * 60 * first / participants), () => HandOut(number, count));
        }
    }

    private bool IsBroken => _world.InvariantMonitor.Violations.Count > 0;

    /// <summary>To the end, or to the first promise that is broken.</summary>
    public SoakReport Run(Action<string> progress)
    {
        var end = _world.Now.AddYears(1);
        try
        {
            RunUntil(end, progress);
            if (!IsBroken)
            {
                Pause();
                _audit.Check(_participants, _office.Issued);
                _report.AtYearsEnd = Count();
                progress($"after the year: {_report.AtYearsEnd}");
                RunUntil(DateTimeOffset.MaxValue, progress);
            }
            if (!IsBroken)
            {
                Pause();
                // Counters of past days, which hurry nobody.
                _world.MoveTo(_world.Now + CountersGone);
                RunTimer(Flow.Of("lapse"), plan: null, isDoubled: false);
                _audit.Check(_participants, _office.Issued);
                _audit.CheckNothingIsLeft();
                _report.AtTheEnd = Count();
            }
        }
        catch (Exception broken) when (!IsBroken)
        {
            _world.InvariantMonitor.Add(0, broken.ToString());
        }
        _report.Calls = _world.Traffic.Count;
        _report.Violations = [.. _world.InvariantMonitor.Violations];
        _report.Trace = _report.Violations.Count == 0 ? [] : [.. _world.Trace.Lines];
        return _report;
    }

    private void RunUntil(DateTimeOffset end, Action<string> progress)
    {
        while (!IsBroken)
        {
            var next = Next();
            if (next >= end || next == DateTimeOffset.MaxValue)
            {
                return;
            }
            _world.Forget();
            _world.MoveTo(next);
            while (_day + TimeSpan.FromDays(1) <= _world.Now)
            {
                NewDay(progress);
            }
            if (_today.DownUntil is { } until && _world.Now < until)
            {
                _world.MoveTo(until);
                _lastTrouble = until;
                continue;
            }
            SetWeather();
            if (_agenda.TryPeek(out _, out var at) && at.At <= _world.Now)
            {
                _agenda.Dequeue()();
            }
            else
            {
                RunTimers();
            }
            Deliver();
        }
    }

    /// <summary>The next thing somebody does, or the next full five minutes at which something is due.</summary>
    private DateTimeOffset Next()
    {
        var agenda = _agenda.TryPeek(out _, out var at) ? at.At : DateTimeOffset.MaxValue;
        var due = _due.Next;
        if (due == DateTimeOffset.MaxValue)
        {
            return agenda;
        }
        due = due > _world.Now ? due : _world.Now + Minute;
        due = new DateTimeOffset((due.UtcTicks + TimerPeriod.Ticks - 1) / TimerPeriod.Ticks * TimerPeriod.Ticks, TimeSpan.Zero);
        return agenda < due ? agenda : due;
    }

    private void NewDay(Action<string> progress)
    {
        _day += TimeSpan.FromDays(1);
        _report.Days++;
        if (_world.Now - _lastTrouble > Calm && _today.DownUntil is null && _due.Next > _world.Now - TimerPeriod)
        {
            _audit.CheckTimes(_lastTrouble);
            _report.Looked++;
        }
        if (_today.DownUntil is null || _today.DownUntil < _world.Now)
        {
            SetWeather();
            WriteReceipts();
        }
        if (_report.Days % 30 == 0)
        {
            progress($"day {_report.Days}: {Count()}");
        }
        if (_today.DownUntil is not { } until || until <= _world.Now)
        {
            _today = Misfortune.Draw(_day, _random);
            _report.Down += _today.DownUntil is null ? 0 : 1;
            _report.Outages += _today.Outage is null ? 0 : 1;
            _world.Host(1).Clock.Skew = _today.Skew;
        }
    }

    private void SetWeather()
    {
        _world.Traffic.Weather = _today.WeatherAt(_world.Now);
        _lastTrouble = _world.Traffic.Weather == Fault.None ? _lastTrouble : _world.Now;
    }

    private void Plan(DateTimeOffset at, Action action) => _agenda.Enqueue(action, (at, ++_planned));

    private void HandOut(int number, int count)
    {
        // One more for each twentieth person: some come back with a second one.
        var plan = _today.ForRequest("issue");
        if (_office.Issue(number, count * 2, plan) is not { } vouchers)
        {
            Plan(_world.Now + TimeSpan.FromHours(2), () => HandOut(number, count));
            return;
        }
        Noted(plan);
        for (var index = 0; index < count; index++)
        {
            var participant = new Participant(_participants.Count, _world);
            participant.ClientState["issuer-key"] = _office.Key;
            participant.Receive(vouchers[2 * index].Id, vouchers[2 * index].Code);
            participant.Receive(vouchers[2 * index + 1].Id, vouchers[2 * index + 1].Code);
            _participants.Add(participant);
            foreach (var address in participant.Addresses)
            {
                _byAddress[address] = participant;
            }
            foreach (var (after, visit) in Lives.Draw(participant, _random))
            {
                Plan(_world.Now + after, () => Make(visit));
            }
        }
    }

    private void Make(Visit visit)
    {
        foreach (var (index, name) in visit.Flows.Index())
        {
            if (!Flow.Of(name).CanRun(visit.Who.ClientState))
            {
                PlanAgain(visit);
                return;
            }
            var host = _random.Next(2);
            var isTwice = _today.AreRequestsDoubled && _random.Next(10) == 0;
            var plan = isTwice ? null : _today.ForRequest(name);
            var reply = visit.Who.Do(name, host, plan, isTwice, _random);
            Noted(plan);
            _report.Requests++;
            _report.Doubled += isTwice ? 1 : 0;
            Deliver();
            if (reply.IsUnsure)
            {
                PlanAgain(visit);
                return;
            }
            if (IsBroken || (!reply.IsSuccess && name != "log in wrong"))
            {
                return;
            }
            _world.MoveTo(_world.Now + Minute);
        }
    }

    private void PlanAgain(Visit visit)
    {
        if (visit.Again is { } again)
        {
            Plan(_world.Now + TimeSpan.FromMinutes(110), () => Make(again));
        }
    }

    private void RunTimers()
    {
        foreach (var (kind, flow) in Timers.Where(timer => _due.Of(timer.Kind) <= _world.Now))
        {
            var plan = _today.ForTimer(flow.Name);
            RunTimer(flow, plan, _today.AreSweepsDoubled);
            Noted(plan);
        }
    }

    private void RunTimer(Flow flow, FaultPlan? plan, bool isDoubled)
    {
        _report.Sweeps++;
        _world.Traffic.Arm(plan);
        var actors = new List<Actor>();
        for (var host = 0; host < (isDoubled ? 2 : 1); host++)
        {
            actors.Add(_world.Start(host == 0 ? flow.Name : $"{flow.Name} again", _world.Host(host), each => flow.RunAsync(each, new ClientState())));
        }
        while (actors.Where(actor => actor.Waiting.Count > 0).ToList() is { Count: > 0 } waiting)
        {
            _world.Let(waiting[_random.Next(waiting.Count)].Waiting[0]);
        }
        _world.StartPosted();
        _world.RunOut();
        _world.Traffic.ApplyLate();
        var isCalm = plan is null && _world.Traffic.Weather == Fault.None && !isDoubled;
        if (isCalm && !World.ReplyOf(actors[0]).IsSuccess)
        {
            _world.InvariantMonitor.Add(24, $"the timer {flow} fails though nothing else does: {World.ReplyOf(actors[0])}");
        }
        _world.Traffic.Arm(null);
        if (!IsBroken)
        {
            _world.Forget();
        }
    }

    /// <summary>A day without misfortunes, so that everything that was held up comes to its end.</summary>
    private void Pause()
    {
        _world.Traffic.Weather = Fault.None;
        _world.Host(1).Clock.Skew = TimeSpan.Zero;
        for (var end = _world.Now + 2 * Calm; _world.Now < end && !IsBroken;)
        {
            _world.MoveTo(_world.Now + TimerPeriod);
            foreach (var (_, flow) in Timers.Where(timer => _due.Of(timer.Kind) <= _world.Now))
            {
                RunTimer(flow, plan: null, isDoubled: false);
            }
            Deliver();
        }
        WriteReceipts();
    }

    /// <summary>The timer that deletes also runs when nothing is due; deletions since its last run get their receipt then.</summary>
    private void WriteReceipts() => RunTimer(Flow.Of("delete"), plan: null, isDoubled: false);

    private void Noted(FaultPlan? plan)
    {
        if (plan is not null)
        {
            _lastTrouble = _world.Now;
            _report.Faults++;
        }
    }

    private void Deliver()
    {
        foreach (var mail in _world.Mailbox.Take())
        {
            _report.Mails++;
            _byAddress.GetValueOrDefault(mail.To)?.Receive(mail);
        }
    }

    private string Count()
    {
        var lives = _participants.SelectMany(each => each.Model.Values).GroupBy(voucher => voucher.At(_world.Now)).OrderBy(group => group.Key);
        return $"{string.Join(", ", lives.Select(group => $"{group.Count()} {group.Key}"))}; {_world.Space.Rows("vouchers").Count} rows of vouchers, {_world.Space.Rows("emails").Count} claims, "
            + $"{_world.Space.Rows("due").Count} due, {_world.Blobs.Blobs.Count} blobs; {_world.Traffic.Count} calls, {_report.Faults} faults";
    }
}
