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
    private ClientState _known = new();
    private bool _sendsAtOnce;

    private static readonly string[] Tables = ["vouchers", "emails", "due"];
    private (int Schedules, int Cut, int Sampled, int Run, int Known) _reported;

    /// <summary>Several may share the visited they look at.</summary>
    public Pairs(Scenes scenes, VisitedStates? visited = null)
    {
        _scenes = scenes;
        _projection = new Projection(World.Host(0));
        _recovery = new Recovery(World, _projection, visited ?? new VisitedStates());
    }

    /// <summary>Orders that were run.</summary>
    public int Schedules { get; private set; }

    public int Cut { get; private set; }

    /// <summary>Scenarios of which a sample was run.</summary>
    public int Sampled { get; private set; }

    /// <summary>How many orders the merged scenarios have.</summary>
    public double Merged { get; private set; }

    /// <summary>Asked after each order of a scenario that has many: false leaves it there.</summary>
    public Func<bool> GoesOn { get; set; } = () => true;

    public (int Run, int Known) Recoveries => _recovery.Counts;

    private World World => _scenes.World;

    /// <summary>Every two flows that can begin in a scene, a flow with itself included.</summary>
    public IReadOnlyList<Scenario> Find(Effect effect) =>
    [
        .. from scene in _scenes.All
           let flows = Flow.All.Where(flow => flow.CanRun(scene.ClientState)).Select(flow => (Flow: flow, HasEffect: HasEffect(scene, flow))).ToList()
           from first in flows.Index()
           from second in flows.Index()
           where first.Index <= second.Index && (first.Item.HasEffect && second.Item.HasEffect) == (effect == Effect.Both)
           select new Scenario(scene.Name, [first.Item.Flow.Name, second.Item.Flow.Name]),
    ];

    /// <summary>Those that change something × each call that either makes when it is alone × each fault of it.</summary>
    public IReadOnlyList<Scenario> FindWithFault()
    {
        var calls = new Dictionary<(string Scene, string Flow), IReadOnlyList<(int Call, Fault Fault)>>();
        var found = new List<Scenario>();
        foreach (var scenario in Find(Effect.Both))
        {
            foreach (var (index, flow) in scenario.Flows.Index())
            {
                if (!calls.TryGetValue((scenario.Scene, flow), out var faults))
                {
                    calls[(scenario.Scene, flow)] = faults = FaultsOf(_scenes.Of(scenario.Scene), Flow.Of(flow));
                }
                found.AddRange(faults.Select(each => scenario with { Plan = new FaultPlan(Chance.NameOf(scenario.Flows, index), each.Call, each.Fault) }));
            }
        }
        return found;
    }

    public Failure? Explore(Scenario scenario, Orders orders, int seed)
    {
        var scene = _scenes.Of(scenario.Scene);
        Failure? failure = null;
        var few = new Interleavings { Most = orders.OneByOne };
        few.Explore(World, () => Begin(scene, scenario), NoteAnswers, () => (failure = End(scene, scenario, few.Choices)) is null);
        (Schedules, Cut) = (Schedules + few.Runs, Cut + few.Cut);
        if (failure is not null || !few.HasGivenUp)
        {
            return failure;
        }
        if (orders.Sample == 0)
        {
            var all = new MergedOrders { Most = orders.MostMerged };
            var isCutShort = false;
            all.Explore(World, () => Begin(scene, scenario), NoteAnswers, () =>
            {
                Schedules++;
                failure = End(scene, scenario, all.Choices);
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
            failure = Draw(scenario, seed + number);
        }
        return failure;
    }

    /// <summary>A scenario by chance, in an order by chance. When it breaks a promise, the least of it that still does.</summary>
    public Failure? Draw(int seed)
    {
        var scenario = Chance.Of(seed, _scenes.All);
        return Draw(scenario, seed) is { } failure ? Shrink(scenario, seed, failure) : null;
    }

    /// <summary>Without the fault, without one flow or another, without a clock that is off: what is left of the scenario is drawn anew.</summary>
    private Failure Shrink(Scenario scenario, int seed, Failure failure)
    {
        const int Tries = 30;
        var isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            var smaller = scenario.Flows.Index().Where(_ => scenario.Flows.Count > 1).Select(each => scenario with { Flows = [.. scenario.Flows.Where((_, index) => index != each.Index)] })
                .Append(scenario with { Plan = null }).Append(scenario with { Skew = TimeSpan.Zero }).Append(scenario with { SendsAtOnce = false });
            foreach (var candidate in smaller.Where(candidate => candidate.ToString() != scenario.ToString()))
            {
                var still = Enumerable.Range(seed, Tries).Select(each => Draw(candidate, each)).FirstOrDefault(each => each is not null);
                if (still is not null)
                {
                    (scenario, failure, isSmaller) = (candidate, still with { Run = $"seed {seed}, shrunk to {still.Run}" }, true);
                    break;
                }
            }
        }
        return failure;
    }

    /// <summary>An order by chance: the same for the same seed.</summary>
    public Failure? Draw(Scenario scenario, int seed)
    {
        var random = new Random(seed);
        var scene = _scenes.Of(scenario.Scene);
        var choices = new List<int>();
        Begin(scene, scenario);
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
        return End(scene, scenario, choices) is { } failure ? failure with { Run = $"{failure.Run}, seed {seed}" } : null;
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

    /// <summary>One order of a scenario, by its choices; beyond them the oldest goes first.</summary>
    public Failure? Replay(Scenario scenario, IReadOnlyList<int> choices)
    {
        var scene = _scenes.Of(scenario.Scene);
        Begin(scene, scenario);
        for (var index = 0; World.Actors.Any(actor => actor.Waiting.Count > 0); index++)
        {
            var actor = index < choices.Count && choices[index] < World.Actors.Count && World.Actors[choices[index]].Waiting.Count > 0
                ? World.Actors[choices[index]]
                : World.Actors.First(each => each.Waiting.Count > 0);
            World.Let(actor.Waiting[0]);
            NoteAnswers();
        }
        Schedules++;
        return End(scene, scenario, choices);
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
        World.InvariantMonitor.Let = call => faults.AddRange(FaultPlan.Of(call).Select(fault => (call.Number, fault)));
        World.RunAlone(flow.Name, World.Host(0), host => flow.RunAsync(host, known));
        World.InvariantMonitor.Let = null;
        return faults;
    }

    private void Begin(Scene scene, Scenario scenario)
    {
        _known = _scenes.Begin(scene);
        World.Traffic.Plan = scenario.Plan;
        World.Traffic.IsLateAnActor = true;
        _sendsAtOnce = scenario.SendsAtOnce;
        World.Host(1).Clock.Skew = scenario.Skew;
        _asked = [];
        foreach (var (index, name) in scenario.Flows.Index())
        {
            var host = World.Host(index % 2);
            var known = _known;
            var operation = new Operation(Flow.Of(name), $"op{index}", host.Clock.GetUtcNow(), 0);
            _asked.Add((operation, World.Start(Chance.NameOf(scenario.Flows, index), host, each => operation.Flow.RunAsync(each, known))));
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

    private Failure? End(Scene scene, Scenario scenario, IReadOnlyList<int> choices)
    {
        World.Traffic.Plan = null;
        World.Traffic.IsLateAnActor = false;
        World.Host(1).Clock.Skew = TimeSpan.Zero;
        var operations = _asked.Select(each => each.Operation).ToList();
        if (World.InvariantMonitor.Violations.Count == 0)
        {
            Compare(scene, scenario, operations);
        }
        if (World.InvariantMonitor.Violations.Count == 0)
        {
            _recovery.ToTheEnd(scene, _known);
        }
        return World.InvariantMonitor.Violations.Count == 0 ? null : new Failure(
            $"{scenario}, order {string.Concat(choices)}", [.. World.InvariantMonitor.Violations], Trace());
    }

    private List<string> Trace()
    {
        var names = new Canonicaliser();
        names.Set(_known["id1"], "V1");
        names.Set(_known["id2"], "V2");
        return [.. World.Trace.Lines.Select(names.In)];
    }

    private void Compare(Scene scene, Scenario scenario, List<Operation> operations)
    {
        // Where clocks are two minutes apart, a minute's wait is over at once for the one ahead: then each process may evaluate one.
        var guesses = World.InvariantMonitor.Evaluations;
        var allowed = scenario.Skew == TimeSpan.Zero ? 1 : guesses.Distinct().Count();
        if (scene.Name == "nearly throttled" && guesses.Count > allowed && operations.All(each => each.Flow.Name == "log in wrong"))
        {
            World.InvariantMonitor.Add(15, $"{guesses.Count} guesses were evaluated where {allowed} are allowed");
        }
        foreach (var twice in World.Mailbox.Accepted.GroupBy(mail => mail.Id).Where(each => each.Count() > 1 && scenario.Plan is null))
        {
            World.InvariantMonitor.Add(20, $"a mail is sent {twice.Count()} times though nothing failed");
        }
        CheckSessions(operations);
        if (operations.All(each => each.Flow.Name != "issue"))
        {
            var stored = _projection.Of(World, _known);
            var ends = History.Ends(scene.Model, operations, World.Now, Projection.Of);
            if (!ends.Contains(stored))
            {
                World.InvariantMonitor.Add(ends.Count == 0 ? 17 : 16, $"stored: {stored}. What was answered ({string.Join(", ", operations)}) allows: {string.Join(" or ", ends)}");
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
                    World.InvariantMonitor.Add(10, $"{cookie} is accepted after the password was changed");
                }
            }
        }
    }
}
