using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Simulation.Flows;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>A process that has a newer hashing key: what was made under the key before is found and works as ever, and is one with what is made now.</summary>
public static class Rotation
{
    public static Failure? Explore()
    {
        var scenes = new Scenes();
        scenes.World.Rotate();
        return EveryFlow(scenes) ?? OneAddress(scenes, "activate", "activate 2") ?? OneAddress(scenes, "activate 2", "activate");
    }

    private static Failure? EveryFlow(Scenes scenes)
    {
        foreach (var scene in scenes.All)
        {
            foreach (var flow in Flow.All.Where(flow => flow.Name != "issue" && flow.CanRun(scene.ClientState)))
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

    /// <summary>Somebody registered under the key before, and for another voucher with the same address under the newer one: only the first of them gets an account.</summary>
    private static Failure? OneAddress(Scenes scenes, string first, string second)
    {
        var known = scenes.Begin(scenes.Of("pending"));
        Do("register 2", "202");
        known["token2"] = Stage.LastLink(scenes.World);
        Do(first, "200");
        Do(second, "409 account-exists");
        return scenes.World.InvariantMonitor.Violations.Count == 0 ? null : new Failure($"{first}, then {second} under two keys", [.. scenes.World.InvariantMonitor.Violations], [.. scenes.World.Trace.Lines]);

        void Do(string flow, string expected)
        {
            var reply = scenes.World.RunAlone(flow, scenes.World.Host(0), host => Flow.Of(flow).RunAsync(host, known));
            scenes.World.StartPosted();
            scenes.World.RunOut();
            if (reply.ToString() != expected)
            {
                scenes.World.InvariantMonitor.Add(2, $"{flow} is answered {reply} and not {expected}");
            }
        }
    }
}
