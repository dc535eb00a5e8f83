namespace VoucherFunctions.Simulation.Running;

/// <summary>What happened in a run, in order. Put into words only when somebody wants to read it.</summary>
public sealed class Trace
{
    private readonly List<(string? Note, Actor? Actor, Call? Call, Fault Fault)> _events = [];

    public int Count => _events.Count;

    public IEnumerable<string> Lines => _events.Select(InWords);

    public void Add(string note) => _events.Add((note, null, null, Fault.None));

    public void Add(Actor actor, Call call, Fault fault) => _events.Add((null, actor, call, fault));

    public void Clear() => _events.Clear();

    private static string InWords((string? Note, Actor? Actor, Call? Call, Fault Fault) happened) => happened is (null, { } actor, { } call, var fault)
        ? $"{actor.Name,-16} {call.Number + 1,3}{(call.Attempt > 1 ? $".{call.Attempt}" : "")} {call}{(fault == Fault.None ? "" : $"   <- {fault}")}"
        : $"          {happened.Note}";
}
