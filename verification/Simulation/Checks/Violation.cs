namespace VoucherFunctions.Simulation.Checks;

/// <summary>A promise that was broken: which invariant of docs/reliability.md, and how.</summary>
public sealed record Violation(int Invariant, string What)
{
    public override string ToString() => $"invariant {Invariant}: {What}";
}
