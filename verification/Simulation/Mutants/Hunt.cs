using System.Globalization;
using System.Text.RegularExpressions;
using VoucherFunctions.Simulation.Exploring;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Mutants;

/// <summary>Runs the exploration with one mutant on until it breaks a promise.</summary>
public sealed partial class Hunt(Action<string?> turnOn)
{
    private const int Seed = 20261122;
    private const int Orders = 100;
    private readonly Scenes _scenes = new();
    private IReadOnlyList<CrashPoint>? _points;
    private IReadOnlyList<Scenario>? _scenarios;

    /// <summary>The first of these runs that caught it; null when none does. A run that is null is the bounded exploration.</summary>
    public Failure? Find(Mutant mutant, IEnumerable<string?> runs)
    {
        // Each mutant has its own: the visited that were seen are those of its app.
        var (crashPoints, pairs) = (new CrashPoints(_scenes), new Pairs(_scenes));
        // Found once, in the app without a mutant: the same for all of them.
        var points = _points ??= crashPoints.Find();
        var scenarios = _scenarios ??= pairs.Find(Effect.Both);
        turnOn(mutant.Name);
        try
        {
            return runs.Select(run => Try(crashPoints, points, pairs, scenarios, run)).FirstOrDefault(failure => failure is not null);
        }
        finally
        {
            turnOn(null);
        }
    }

    private static Failure? Try(CrashPoints crashPoints, IReadOnlyList<CrashPoint> points, Pairs pairs, IReadOnlyList<Scenario> scenarios, string? run) => run?.Split(' ') switch
    {
        ["rotation"] => Guard(run, Rotation.Explore),
        ["seed", var seed] => Guard(run, () => pairs.Draw(int.Parse(seed, CultureInfo.InvariantCulture))),
        not null when WithFault(run!) is { } scenario =>
            Enumerable.Range(1, Orders).Select(order => Guard(run!, () => pairs.Draw(scenario, order))).FirstOrDefault(failure => failure is not null),
        null => TryEach(crashPoints, points, pairs, scenarios, run) ?? Guard("rotation", Rotation.Explore),
        _ => TryEach(crashPoints, points, pairs, scenarios, run),
    };

    private static Failure? TryEach(CrashPoints crashPoints, IReadOnlyList<CrashPoint> points, Pairs pairs, IReadOnlyList<Scenario> scenarios, string? run) =>
        points.Where(point => run is null || $"{point.Flow} @ {point.Scene}" == run).Select(point => Guard(point, () => crashPoints.Explore(point)))
            .Concat(scenarios.Where(scenario => run is null || scenario.ToString() == run).Select(scenario => Guard(scenario, () => pairs.Explore(scenario, Exploring.Orders.Bounded(scenario), Seed))))
            .FirstOrDefault(failure => failure is not null);

    /// <summary>A scenario with a fault, as the exploration prints it.</summary>
    private static Scenario? WithFault(string run) => Faulty().Match(run) is { Success: true, Groups: var found }
        ? new Scenario(found[2].Value, found[1].Value.Split(" + "), new FaultPlan(found[3].Value, int.Parse(found[4].Value, CultureInfo.InvariantCulture) - 1, Enum.Parse<Fault>(found[5].Value)))
        : null;

    [GeneratedRegex("^(.+) @ (.+), (.+) call ([0-9]+): ([A-Za-z]+)$")]
    private static partial Regex Faulty();

    /// <summary>A mutant may drive the app into what it never says, or round in circles.</summary>
    private static Failure? Guard(object run, Func<Failure?> explore)
    {
        try
        {
            return explore();
        }
        catch (Exception broken)
        {
            return new Failure(run.ToString()!, [new Checks.Violation(0, broken.Message.Split('\n')[0])], []);
        }
    }
}
