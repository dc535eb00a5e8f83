using VoucherFunctions.Simulation.Mutants;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>How many orders of one scenario are run one by one before the rest is merged or sampled.</summary>
/// <param name="OneByOne">Of so many, all are run.</param>
/// <param name="Sample">Of more, so many are drawn; 0: all, merging equal states.</param>
/// <param name="MostMerged">After so many runs the merging gives up.</param>
public sealed record Orders(int OneByOne, int Sample, int MostMerged = int.MaxValue)
{
    private static readonly HashSet<string> Broken = [.. SeededMutants.All.SelectMany(mutant => mutant.Hints)];

    /// <summary>Of a scenario that a seeded mistake is known to break.</summary>
    public static Orders Many { get; } = new(60, 40);

    /// <summary>Of any other scenario.</summary>
    public static Orders Few { get; } = new(6, 2);

    /// <summary>Every order; of those few scenarios that have more than so many even when equal states are merged, the first of them.</summary>
    public static Orders Complete { get; } = new(200, 0, 5_000);

    /// <summary>The orders of the gate: many where a mistake is known to show, few elsewhere. <c>deep</c> runs all of them.</summary>
    public static Orders Bounded(Scenario scenario) => Broken.Contains(scenario.ToString()) ? Many : Few;
}
