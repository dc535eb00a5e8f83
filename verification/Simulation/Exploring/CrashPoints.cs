using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>A flow in a scene in which it does something, one of its calls, and what becomes of that call.</summary>
public sealed record CrashPoint(string Scene, string Flow, FaultPlan Plan, bool IsLateAfterRetry)
{
    /// <summary>Whether the call changes a voucher's state: that it was done can be seen there.</summary>
    public bool IsCommit { get; init; }

    /// <summary>The storage has done what it was asked for, and it can be known: nobody may be told to try again.</summary>
    public bool MustBeAcknowledged => Plan.Fault is Fault.FailsOnce or Fault.Repeats || (Plan.Fault == Fault.AnswerLost && IsCommit);

    public override string ToString() => $"{Flow} @ {Scene}, {Plan}{(IsLateAfterRetry ? ", arriving after the retry" : "")}";
}

/// <summary>Every flow × every call × every fault, each followed by the user's retries and by everything that time brings.</summary>
public sealed class CrashPoints
{
    private const int Retries = 3;
    private readonly Scenes _scenes;
    private readonly Projection _projection;
    private readonly Recovery _recovery;

    public CrashPoints(Scenes scenes)
    {
        _scenes = scenes;
        _projection = new Projection(World.Host(0));
        _recovery = new Recovery(World, _projection, new VisitedStates());
    }

    /// <summary>The flows of the promise, each where it does all that it can do.</summary>
    public static IReadOnlyList<(string Flow, string Scene)> Table { get; } =
    [
        ("issue", "issued"), ("check", "issued"), ("register", "issued"), ("register", "lapsed"), ("resend", "pending"), ("correct", "pending"), ("cancel", "pending"),
        ("look at link", "pending"), ("look at link", "active"), ("look at link 2", "active"), ("look at link 2", "lapsed"), ("look at reset", "active"),
        ("activate", "pending"), ("activate", "two pending"), ("activate 2", "active"), ("activate 2", "expired"), ("activate 2", "lapsed"), ("log in", "active"),
        ("log in", "expired"), ("log in wrong", "nearly throttled"), ("log in on own device", "nearly throttled"), ("correct to a fourth", "three addresses"), ("log out", "active"), ("profile", "active"), ("request reset", "active"), ("reset", "active"),
        ("change password", "active"), ("erase", "active"), ("erase", "reset mail waiting"), ("upload", "active"), ("upload", "one upload left"), ("replace document", "active"), ("remove document", "active"), ("remove letter", "active"), ("remove in an old tab", "active"), ("revoke", "issued"), ("revoke", "lapsed"), ("lapse", "lapsed"),
        ("remind", "reminder due"), ("lock", "expired"), ("delete", "deletion due"), ("delete", "deletion too late"), ("delete", "deleting"), ("send mail", "mail waiting"),
        ("send mail", "reset mail waiting"), ("send mail", "deleting"), ("send mail", "one mail left of the minute"), ("send mail", "an awaited mail had to wait"), ("send mail", "one mail left of the hour"),
    ];

    public (int Run, int Known) Counts => _recovery.Counts;

    private World World => _scenes.World;

    /// <summary>All points there are, found by running each flow once.</summary>
    public IReadOnlyList<CrashPoint> Find() => [.. Table.SelectMany(entry => Find(_scenes.Of(entry.Scene), Flow.Of(entry.Flow)))];

    public Failure? Explore(CrashPoint point)
    {
        var scene = _scenes.Of(point.Scene);
        var flow = Flow.Of(point.Flow);
        var known = _scenes.Begin(scene);
        World.Traffic.Plan = point.Plan;
        var operations = new List<Operation> { Run(flow, known, "first") };
        World.StartPosted();
        World.RunOut();
        if (!World.Traffic.HasFailed)
        {
            World.InvariantMonitor.Add(0, "the point was not reached");
        }
        World.Traffic.Plan = null;
        if (point.MustBeAcknowledged && operations[0].Reply.IsUnsure)
        {
            World.InvariantMonitor.Add(16, $"the storage did it, but the answer is {operations[0].Reply}");
        }
        if (!point.IsLateAfterRetry)
        {
            World.Traffic.ApplyLate();
        }
        for (var retry = 0; retry < Retries && flow.Timer is null && operations[^1].Reply.IsUnsure; retry++)
        {
            operations.Add(Run(flow, known, $"retry {retry + 1}"));
        }
        World.Traffic.ApplyLate();
        Compare(scene, flow, known, operations);
        if (World.InvariantMonitor.Violations.Count == 0)
        {
            _recovery.ToTheEnd(scene, known);
        }
        return World.InvariantMonitor.Violations.Count == 0 ? null : new Failure(point.ToString(), [.. World.InvariantMonitor.Violations], Trace(known));
    }

    /// <summary>The trace with names instead of keys.</summary>
    public IReadOnlyList<string> Trace(ClientState known)
    {
        var names = new Canonicaliser();
        names.Set(known["id1"], "V1");
        names.Set(known["id2"], "V2");
        return [.. World.Trace.Lines.Select(names.In)];
    }

    private IEnumerable<CrashPoint> Find(Scene scene, Flow flow)
    {
        var points = new List<CrashPoint>();
        var known = _scenes.Begin(scene);
        World.InvariantMonitor.Let = call =>
        {
            foreach (var fault in FaultPlan.Of(call))
            {
                var plan = new FaultPlan(call.Actor!.Name, call.Number, fault);
                points.Add(new CrashPoint(scene.Name, flow.Name, plan, IsLateAfterRetry: false) { IsCommit = call is TableCall { Command: var command } && CommitsState(command.ToString()) });
                if (fault == Fault.Delayed && flow.Timer is null && call is StorageCall)
                {
                    points.Add(new CrashPoint(scene.Name, flow.Name, plan, IsLateAfterRetry: true));
                }
            }
        };
        World.RunAlone(flow.Name, World.Host(0), host => flow.RunAsync(host, known));
        World.StartPosted();
        World.RunOut();
        World.InvariantMonitor.Let = null;
        return points.Distinct();
    }

    private static bool CommitsState(string command) => command.Contains("REPLACE vouchers/", StringComparison.Ordinal) && command.Contains("/state", StringComparison.Ordinal);

    private Operation Run(Flow flow, ClientState known, string label)
    {
        var operation = new Operation(flow, label, World.Host(0).Clock.GetUtcNow(), World.Trace.Count);
        operation.Reply = World.RunAlone(flow.Name, World.Host(0), host => flow.RunAsync(host, known));
        World.Trace.Add($"{flow} is answered: {operation.Reply}");
        operation.Answered = World.Trace.Count;
        return operation;
    }

    private void Compare(Scene scene, Flow flow, ClientState known, List<Operation> operations)
    {
        if (flow.Name == "issue")
        {
            CheckIssued(operations);
            return;
        }
        if (scene.Name == "nearly throttled" && !flow.HasOwnCount && World.InvariantMonitor.Evaluations.Count > 1)
        {
            World.InvariantMonitor.Add(15, $"{World.InvariantMonitor.Evaluations.Count} guesses were evaluated where one is allowed");
        }
        var stored = _projection.Of(World, known);
        var ends = History.Ends(scene.Model, operations, World.Now, Projection.Of);
        if (!ends.Contains(stored))
        {
            World.InvariantMonitor.Add(operations.Any(each => each.Reply.IsSuccess) ? 16 : 17, $"stored: {stored}. What was answered ({string.Join(", ", operations)}) allows: {string.Join(" or ", ends)}");
        }
    }

    /// <summary>An answer means that its vouchers are there, and there are no others.</summary>
    private void CheckIssued(List<Operation> operations)
    {
        var promised = operations.Where(each => each.Reply.IsSuccess).SelectMany(each => each.Reply.Body!["vouchers"]!.AsArray().Select(voucher => voucher!["id"]!.GetValue<string>())).ToHashSet();
        var stored = World.Space.Rows("vouchers").Where(row => row.Row == "state").Select(row => row.Partition).ToHashSet();
        if (!promised.IsSubsetOf(stored))
        {
            World.InvariantMonitor.Add(16, "a voucher was handed out that is not there");
        }
        if (stored.Count > 4 || (operations[^1].Reply.IsSuccess && promised.Count != 2))
        {
            World.InvariantMonitor.Add(17, $"{stored.Count - 2} vouchers were issued and {promised.Count} handed out, for an order of 2");
        }
    }
}
