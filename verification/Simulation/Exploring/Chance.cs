using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>Scenarios by chance, each made of its seed alone: two to four flows, clocks apart, a fault or none, mail in the background or left to the timer.</summary>
public static class Chance
{
    private const string Replacing = "replace document";
    private const string RemovingLetter = "remove letter";

    /// <summary>Flows that were added later. They are not drawn among the others, so that older seeds keep their meaning. Flows that change nothing are explored in pairs only.</summary>
    private static readonly string[] Later = [Replacing, RemovingLetter, "remove in an old tab", "look at link", "look at link 2", "look at reset", "correct to a fourth", "log in on own device"];

    /// <summary>Scenes that were added later, for the same reason.</summary>
    private static readonly string[] LaterScenes = ["three addresses", "one upload left", "one mail left of the minute", "an awaited mail had to wait", "one mail left of the hour"];
    private static readonly TimeSpan[] Skews = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(-120)];
    private static readonly Fault[] Faults = [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    public static Scenario Of(int seed, IReadOnlyList<Scene> all)
    {
        var random = new Random(seed);
        var scenes = all.Where(scene => !LaterScenes.Contains(scene.Name)).ToList();
        var scene = scenes[random.Next(scenes.Count)];
        var flows = Flow.All.Where(flow => !Later.Contains(flow.Name) && flow.CanRun(scene.ClientState)).ToList();
        var names = Enumerable.Range(0, random.Next(2, 5)).Select(_ => flows[random.Next(flows.Count)].Name).ToList();
        var fault = random.Next(2) == 0 ? default((int Flow, int Call, Fault Fault)?) : (random.Next(names.Count), random.Next(12), Faults[random.Next(Faults.Length)]);
        var scenario = new Scenario(scene.Name, names) { Skew = Skews[random.Next(Skews.Length)], SendsAtOnce = random.Next(2) == 0 };
        // Drawn last, so that the seeds from before this flow keep their meaning where it does not come in.
        if (names.IndexOf("upload") is >= 0 and var upload && Flow.Of(Replacing).CanRun(scene.ClientState) && random.Next(2) == 0)
        {
            names[upload] = Replacing;
        }
        if (names.IndexOf("remove document") is >= 0 and var removal && random.Next(2) == 0)
        {
            names[removal] = RemovingLetter;
        }
        return fault is { } at ? scenario with { Plan = new FaultPlan(NameOf(names, at.Flow), at.Call, at.Fault) } : scenario;
    }

    /// <summary>As <see cref="Pairs"/> names the actor of the flow at this place.</summary>
    public static string NameOf(IReadOnlyList<string> flows, int index) =>
        flows.Count(each => each == flows[index]) > 1 ? $"{flows[index]} ({index + 1})" : flows[index];
}
