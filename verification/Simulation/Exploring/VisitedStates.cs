using System.Collections.Concurrent;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>What is stored, in every run that was gone on from: whoever comes to the same has the same future. For several threads.</summary>
public sealed class VisitedStates
{
    private readonly ConcurrentDictionary<string, bool> _seen = new();

    /// <summary>Whether nobody went on from there.</summary>
    public bool TryAdd(string fingerprint) => _seen.TryAdd(fingerprint, true);
}
