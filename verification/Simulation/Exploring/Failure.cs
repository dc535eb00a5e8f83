using VoucherFunctions.Simulation.Checks;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>A run in which a promise was broken: how to run it again, and what happened.</summary>
public sealed record Failure(string Run, IReadOnlyList<Violation> Violations, IReadOnlyList<string> Trace)
{
    public override string ToString() => $"{Run}\n  {string.Join("\n  ", Violations)}\n{string.Join('\n', Trace.Select(line => "    " + line))}";
}
