using System.Globalization;
using VoucherFunctions.Simulation.Exploring;

namespace VoucherFunctions.Simulation.Mutants;

/// <summary>Runs the exploration with one mutant on until it breaks a promise.</summary>
public sealed class Hunt(Action<string?> turnOn)
{
    private const int Seed = 20261122;
    private readonly Scenes _scenes = new();

    /// <summary>The run that caught it; null when none of the bounded exploration does, or of the runs known to catch it.</summary>
    public Failure? Find(Mutant mutant, bool byHintsOnly)
    {
        var crashPoints = new CrashPoints(_scenes);
        var points = crashPoints.Find();
        var pairs = new Pairs(_scenes);
        var meetings = pairs.Find(Effect.Both);
        turnOn(mutant.Name);
        try
        {
            return mutant.Hints.Contains("rotation")
                ? Rotation.Explore()
                : (byHintsOnly ? mutant.Hints : mutant.Hints.Append(null)).Select(hint => Try(crashPoints, points, pairs, meetings, hint)).FirstOrDefault(failure => failure is not null);
        }
        finally
        {
            turnOn(null);
        }
    }

    private static Failure? Try(CrashPoints crashPoints, IReadOnlyList<CrashPoint> points, Pairs pairs, IReadOnlyList<Meeting> meetings, string? hint) =>
        hint?.Split(' ') is ["seed", var seed] ? Guard(hint, () => pairs.Draw(int.Parse(seed, CultureInfo.InvariantCulture))) : TryEach(crashPoints, points, pairs, meetings, hint);

    private static Failure? TryEach(CrashPoints crashPoints, IReadOnlyList<CrashPoint> points, Pairs pairs, IReadOnlyList<Meeting> meetings, string? hint) =>
        points.Where(point => hint is null || $"{point.Flow} @ {point.Scene}" == hint).Select(point => Guard(point, () => crashPoints.Explore(point)))
            .Concat(meetings.Where(meeting => hint is null || meeting.ToString() == hint).Select(meeting => Guard(meeting, () => pairs.Explore(meeting, Orders.Bounded, Seed))))
            .FirstOrDefault(failure => failure is not null);

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
