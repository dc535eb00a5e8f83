using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>All orders of the calls of flows that meet, what people were told compared with the model, what is left with what was promised.</summary>
public sealed class Pairs
{
    private readonly Scenes _scenes;
    private readonly Projection _projection;
    private readonly Recovery _recovery;
    private List<(Operation Operation, Actor Actor)> _asked = [];
    private Known _known = new();
    private bool _sendsAtOnce;

    private static readonly string[] Tables = ["vouchers", "emails", "due"];
    private (int Schedules, int Cut, int Sampled, int Run, int Known) _reported;

    /// <summary>Several may share the futures they look at.</summary>
    public Pairs(Scenes scenes, Futures? futures = null)
    {
        _scenes = scenes;
        _projection = new Projection(World.Host(0));
        _recovery = new Recovery(World, _projection, futures ?? new Futures());
    }

    /// <summary>Orders that were run.</summary>
    public int Schedules { get; private set; }

    public int Cut { get; private set; }

    /// <summary>Meetings of which a sample was run.</summary>
    public int Sampled { get; private set; }

    /// <summary>How many orders the merged meetings have.</summary>
    public double Merged { get; private set; }

    /// <summary>Asked after each order of a meeting that has many: false leaves it there.</summary>
    public Func<bool> GoesOn { get; set; } = () => true;

    public (int Run, int Known) Recoveries => _recovery.Counts;

    private World World => _scenes.World;

    /// <summary>Every two flows that can begin in a scene, a flow with itself included.</summary>
    public IReadOnlyList<Meeting> Find(Effect effect) =>
    [
        .. from scene in _scenes.All
           let flows = Flow.All.Where(flow => flow.CanRun(scene.Known)).Select(flow => (Flow: flow, HasEffect: HasEffect(scene, flow))).ToList()
           from first in flows.Index()
           from second in flows.Index()
           where first.Index <= second.Index && (first.Item.HasEffect && second.Item.HasEffect) == (effect == Effect.Both)
           select new Meeting(scene.Name, [first.Item.Flow.Name, second.Item.Flow.Name]),
    ];

    /// <summary>Those that change something × each call that either makes when it is alone × each fault of it.</summary>
    public IReadOnlyList<Meeting> FindWithFault()
    {
        var calls = new Dictionary<(string Scene, string Flow), IReadOnlyList<(int Call, Fault Fault)>>();
        var found = new List<Meeting>();
        foreach (var meeting in Find(Effect.Both))
        {
            foreach (var (index, flow) in meeting.Flows.Index())
            {
                if (!calls.TryGetValue((meeting.Scene, flow), out var faults))
                {
                    calls[(meeting.Scene, flow)] = faults = FaultsOf(_scenes.Of(meeting.Scene), Flow.Of(flow));
                }
                found.AddRange(faults.Select(each => meeting with { Plan = new FaultPlan(Chance.NameOf(meeting.Flows, index), each.Call, each.Fault) }));
            }
        }
        return found;
    }

    public Failure? Explore(Meeting meeting, Orders orders, int seed)
    {
        var scene = _scenes.Of(meeting.Scene);
        Failure? failure = null;
        var few = new Interleavings { Most = orders.OneByOne };
        few.Explore(World, () => Begin(scene, meeting), NoteAnswers, () => (failure = End(scene, meeting, few.Choices)) is null);
        (Schedules, Cut) = (Schedules + few.Runs, Cut + few.Cut);
        if (failure is not null || !few.HasGivenUp)
        {
            return failure;
        }
        if (orders.Sample == 0)
        {
            var all = new MergedOrders { Most = orders.MostMerged };
            var isCutShort = false;
            all.Explore(World, () => Begin(scene, meeting), NoteAnswers, () =>
            {
                Schedules++;
                failure = End(scene, meeting, all.Choices);
                isCutShort = !GoesOn();
                return failure is null && !isCutShort;
            });
            (Cut, Merged) = (Cut + all.Cut, Merged + all.Orders);
            Sampled += all.HasGivenUp || isCutShort ? 1 : 0;
            return failure;
        }
        Sampled++;
        for (var number = 0; number < orders.Sample && failure is null; number++)
        {
            failure = Draw(meeting, seed + number);
        }
        return failure;
    }

    /// <summary>A meeting by chance, in an order by chance. When it breaks a promise, the least of it that still does.</summary>
    public Failure? Draw(int seed)
    {
        var meeting = Chance.Of(seed, _scenes.All);
        return Draw(meeting, seed) is { } failure ? Shrink(meeting, seed, failure) : null;
    }

    /// <summary>Without the fault, without one flow or another, without a clock that is off: what is left of the meeting is drawn anew.</summary>
    private Failure Shrink(Meeting meeting, int seed, Failure failure)
    {
        const int Tries = 30;
        var isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            var smaller = meeting.Flows.Index().Where(_ => meeting.Flows.Count > 1).Select(each => meeting with { Flows = [.. meeting.Flows.Where((_, index) => index != each.Index)] })
                .Append(meeting with { Plan = null }).Append(meeting with { Skew = TimeSpan.Zero }).Append(meeting with { SendsAtOnce = false });
            foreach (var candidate in smaller.Where(candidate => candidate.ToString() != meeting.ToString()))
            {
                var still = Enumerable.Range(seed, Tries).Select(each => Draw(candidate, each)).FirstOrDefault(each => each is not null);
                if (still is not null)
                {
                    (meeting, failure, isSmaller) = (candidate, still with { Run = $"seed {seed}, shrunk to {still.Run}" }, true);
                    break;
                }
            }
        }
        return failure;
    }

    /// <summary>An order by chance: the same for the same seed.</summary>
    public Failure? Draw(Meeting meeting, int seed)
    {
        var random = new Random(seed);
        var scene = _scenes.Of(meeting.Scene);
        var choices = new List<int>();
        Begin(scene, meeting);
        while (World.Actors.Index().Where(each => each.Item.Waiting.Count > 0).ToList() is { Count: > 0 } enabled)
        {
            // One goes on for a while more often than not: two that alternate call by call meet less.
            var (index, actor) = choices.Count > 0 && random.Next(3) > 0 && enabled.Any(each => each.Index == choices[^1])
                ? enabled.First(each => each.Index == choices[^1])
                : enabled[random.Next(enabled.Count)];
            choices.Add(index);
            World.Let(actor.Waiting[0]);
            NoteAnswers();
        }
        Schedules++;
        return End(scene, meeting, choices) is { } failure ? failure with { Run = $"{failure.Run}, seed {seed}" } : null;
    }

    public void AddTo(Report report) => report.Add(all =>
    {
        all.Schedules += Schedules - _reported.Schedules;
        all.Cut += Cut - _reported.Cut;
        all.Sampled += Sampled - _reported.Sampled;
        all.RecoveriesRun += Recoveries.Run - _reported.Run;
        all.RecoveriesKnown += Recoveries.Known - _reported.Known;
        _reported = (Schedules, Cut, Sampled, Recoveries.Run, Recoveries.Known);
    });

    /// <summary>One order of a meeting, by its choices; beyond them the oldest goes first.</summary>
    public Failure? Replay(Meeting meeting, IReadOnlyList<int> choices)
    {
        var scene = _scenes.Of(meeting.Scene);
        Begin(scene, meeting);
        for (var index = 0; World.Actors.Any(actor => actor.Waiting.Count > 0); index++)
        {
            var actor = index < choices.Count && choices[index] < World.Actors.Count && World.Actors[choices[index]].Waiting.Count > 0
                ? World.Actors[choices[index]]
                : World.Actors.First(each => each.Waiting.Count > 0);
            World.Let(actor.Waiting[0]);
            NoteAnswers();
        }
        Schedules++;
        return End(scene, meeting, choices);
    }

    private bool HasEffect(Scene scene, Flow flow)
    {
        var reply = _scenes.Run(scene, flow);
        var (before, after) = (scene.Moment.Contents.Tables, World.Save().Contents.Tables);
        // Any other flow may leave it something to do.
        if (flow.Name == "send mail")
        {
            return true;
        }
        return Tables.Any(table => !ReferenceEquals(before[table], after[table])) || (reply.IsSuccess && flow.Name == "log in");
    }

    private List<(int Call, Fault Fault)> FaultsOf(Scene scene, Flow flow)
    {
        var faults = new List<(int, Fault)>();
        var known = _scenes.Begin(scene);
        World.Watch.Let = call => faults.AddRange(FaultPlan.Of(call).Select(fault => (call.Number, fault)));
        World.RunAlone(flow.Name, World.Host(0), host => flow.RunAsync(host, known));
        World.Watch.Let = null;
        return faults;
    }

    private void Begin(Scene scene, Meeting meeting)
    {
        _known = _scenes.Begin(scene);
        World.Traffic.Plan = meeting.Plan;
        World.Traffic.IsLateAnActor = true;
        _sendsAtOnce = meeting.SendsAtOnce;
        World.Host(1).Clock.Skew = meeting.Skew;
        _asked = [];
        foreach (var (index, name) in meeting.Flows.Index())
        {
            var host = World.Host(index % 2);
            var known = _known;
            var operation = new Operation(Flow.Of(name), $"op{index}", host.Clock.GetUtcNow(), 0);
            _asked.Add((operation, World.Start(Chance.NameOf(meeting.Flows, index), host, each => operation.Flow.RunAsync(each, known))));
        }
        NoteAnswers();
    }

    private void NoteAnswers()
    {
        if (_sendsAtOnce)
        {
            World.StartPosted();
        }
        foreach (var (operation, actor) in _asked)
        {
            if (actor.IsDone && operation.Answered == int.MaxValue && !actor.IsDead)
            {
                operation.Reply = World.ReplyOf(actor);
                operation.Answered = World.Trace.Count;
                World.Trace.Add($"{actor.Name} is answered: {operation.Reply}");
            }
        }
    }

    private Failure? End(Scene scene, Meeting meeting, IReadOnlyList<int> choices)
    {
        World.Traffic.Plan = null;
        World.Traffic.IsLateAnActor = false;
        World.Host(1).Clock.Skew = TimeSpan.Zero;
        var operations = _asked.Select(each => each.Operation).ToList();
        if (World.Watch.Violations.Count == 0)
        {
            Compare(scene, meeting, operations);
        }
        if (World.Watch.Violations.Count == 0)
        {
            _recovery.ToTheEnd(scene, _known);
        }
        return World.Watch.Violations.Count == 0 ? null : new Failure(
            $"{meeting}, order {string.Concat(choices)}", [.. World.Watch.Violations], Trace());
    }

    private List<string> Trace()
    {
        var names = new Names();
        names.Set(_known["id1"], "V1");
        names.Set(_known["id2"], "V2");
        return [.. World.Trace.Lines.Select(names.In)];
    }

    private void Compare(Scene scene, Meeting meeting, List<Operation> operations)
    {
        // Where clocks are two minutes apart, a minute's wait is over at once for the one ahead: then each process may evaluate one.
        var guesses = World.Watch.Evaluations;
        var allowed = meeting.Skew == TimeSpan.Zero ? 1 : guesses.Distinct().Count();
        if (scene.Name == "nearly throttled" && guesses.Count > allowed && operations.All(each => each.Flow.Name == "log in wrong"))
        {
            World.Watch.Add(15, $"{guesses.Count} guesses were evaluated where {allowed} are allowed");
        }
        foreach (var twice in World.Mailbox.Accepted.GroupBy(mail => mail.Id).Where(each => each.Count() > 1 && meeting.Plan is null))
        {
            World.Watch.Add(20, $"a mail is sent {twice.Count()} times though nothing failed");
        }
        CheckSessions(operations);
        if (operations.All(each => each.Flow.Name != "issue"))
        {
            var stored = _projection.Of(World, _known);
            var ends = History.Ends(scene.Model, operations, World.Now, Projection.Of);
            if (!ends.Contains(stored))
            {
                World.Watch.Add(ends.Count == 0 ? 17 : 16, $"stored: {stored}. What was answered ({string.Join(", ", operations)}) allows: {string.Join(" or ", ends)}");
            }
        }
    }

    /// <summary>After a new password no cookie from before opens anything.</summary>
    private void CheckSessions(List<Operation> operations)
    {
        if (operations.Any(each => each.Flow.EndsSessions && each.Reply.IsSuccess))
        {
            foreach (var cookie in _known.Cookies)
            {
                var reply = World.RunAlone("profile", World.Host(0), host => host.SendAsync("GET", "/api/profile", cookie: _known[cookie]));
                if (reply.IsSuccess)
                {
                    World.Watch.Add(10, $"{cookie} is accepted after the password was changed");
                }
            }
        }
    }
}
