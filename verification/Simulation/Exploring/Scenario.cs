using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>Several flows at once in a scene, each in a process of its own or not, with one fault or none.</summary>
public sealed record Scenario(string Scene, IReadOnlyList<string> Flows, FaultPlan? Plan = null)
{
    /// <summary>How far the clock of every second process is off.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Whether mail is sent in the background as it is committed, beside everything else; otherwise it is left to the timer.</summary>
    public bool SendsAtOnce { get; init; }

    public override string ToString() => $"{string.Join(" + ", Flows)} @ {Scene}{(Plan is null ? "" : $", {Plan}")}{(Skew == TimeSpan.Zero ? "" : $", clocks {Skew.TotalSeconds:+0;-0} s apart")}{(SendsAtOnce ? ", mail at once" : "")}";
}

/// <summary>Which scenarios: by whether each flow changes something when it is alone in the scene.</summary>
public enum Effect
{
    Both,
    OneOrNone,
}
