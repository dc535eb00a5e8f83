using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Simulation.Flows;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>Every flow in every scene by a process that has a newer hashing key: what was made under the key before is found and works as ever.</summary>
public static class Rotation
{
    public static Failure? Explore()
    {
        var scenes = new Scenes();
        scenes.World.Rotate();
        foreach (var scene in scenes.All)
        {
            foreach (var flow in Flow.All.Where(flow => flow.Name != "issue" && flow.CanRun(scene.Known)))
            {
                var reply = scenes.Run(scene, flow);
                if (Model.Answer(flow.Name, scene.Model, scene.Moment.Now) is { } expected && expected != reply.ToString())
                {
                    return new Failure($"{flow} @ {scene} under a newer key", [new Violation(17, $"{reply}, but the model says {expected}")], [.. scenes.World.Trace.Lines]);
                }
            }
        }
        return null;
    }
}
