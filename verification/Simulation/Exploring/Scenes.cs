using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>A world with all scenes played.</summary>
public sealed class Scenes
{
    public Scenes() => All = Stage.PlayAll(World);

    public World World { get; } = new();

    public IReadOnlyList<Scene> All { get; }

    public Scene Of(string name) => All.Single(scene => scene.Name == name);

    /// <summary>Back to a scene, with what people know in it; nobody shares a network address with another run.</summary>
    public ClientState Begin(Scene scene)
    {
        World.Load(scene.Moment);
        var known = scene.ClientState.Copy();
        known["client"] = $"10.{(World.Run >> 16) & 255}.{(World.Run >> 8) & 255}.{World.Run & 255}";
        return known;
    }

    /// <summary>One flow alone, with the mail that follows.</summary>
    public Reply Run(Scene scene, Flow flow)
    {
        var known = Begin(scene);
        var reply = World.RunAlone(flow.Name, World.Host(0), host => flow.RunAsync(host, known));
        World.StartPosted();
        World.RunOut();
        return reply;
    }
}
