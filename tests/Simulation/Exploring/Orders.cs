namespace VoucherFunctions.Simulation.Exploring;

/// <summary>How many orders of one meeting are run one by one before the rest is merged or sampled.</summary>
/// <param name="OneByOne">Of so many, all are run.</param>
/// <param name="Sample">Of more, so many are drawn; 0: all, merging equal states.</param>
/// <param name="MostMerged">After so many runs the merging gives up.</param>
public sealed record Orders(int OneByOne, int Sample, int MostMerged = int.MaxValue)
{
    /// <summary>What every run of the tests does.</summary>
    public static Orders Bounded { get; } = new(60, 40);

    /// <summary>Of pairs of which one changes nothing when it is alone.</summary>
    public static Orders Few { get; } = new(6, 2);

    /// <summary>Every order; of those few meetings that have more than so many even when equal states are merged, the first of them.</summary>
    public static Orders Complete { get; } = new(200, 0, 5_000);
}
