namespace VoucherFunctions.Simulation.Exploring;

/// <summary>The runs that the tests and the commands do.</summary>
public static class Explorer
{
    private const int Seed = 20261122;

    public static void CrashPoints(Report report, int workers, string? only = null)
    {
        var points = new CrashPoints(new Scenes()).Find().Where(point => Fits(point, only)).ToList();
        report.Points += points.Count;
        Workers.Run(workers, Split(points, point => point.Scene), () => new Worker<CrashPoints>(new CrashPoints(new Scenes())), (worker, part) =>
        {
            foreach (var point in part)
            {
                var failure = worker.Of.Explore(point);
                report.Add(all =>
                {
                    all.PointsExplored++;
                    all.Schedules++;
                    AddTo(all, failure);
                });
            }
            var counts = worker.Of.Counts;
            report.Add(all => (all.RecoveriesRun, all.RecoveriesKnown) = (all.RecoveriesRun + counts.Run - worker.Counts.Run, all.RecoveriesKnown + counts.Known - worker.Counts.Known));
            worker.Counts = counts;
        });
    }

    /// <summary>Pairs: of all flows in all scenes, or where both have an effect.</summary>
    public static void Pairs(Report report, int workers, Orders orders, bool isComplete, string? only = null)
    {
        var meetings = new Pairs(new Scenes(), orders).Find(isComplete).Where(meeting => Fits(meeting, only)).ToList();
        report.Meetings += meetings.Count;
        report.Seeds = $"{Seed}";
        Workers.Run(workers, Split(meetings, meeting => meeting.Scene), () => new Worker<Pairs>(new Pairs(new Scenes(), orders)), (worker, part) =>
        {
            foreach (var meeting in part)
            {
                var failure = worker.Of.Explore(meeting, Seed);
                report.Add(all =>
                {
                    all.MeetingsExplored++;
                    AddTo(all, failure);
                });
            }
            worker.Of.AddTo(report);
        });
    }

    /// <summary>So many meetings by chance, one order of each; the seeds follow one another from <paramref name="first"/>.</summary>
    public static void Random(Report report, int workers, int first, int count)
    {
        const int Part = 500;
        report.Seeds += $"{(report.Seeds.Length > 0 ? ", " : "")}{first}–{first + count - 1}";
        Workers.Run(workers, [.. Enumerable.Range(0, (count + Part - 1) / Part)], () => new Worker<Pairs>(new Pairs(new Scenes(), Orders.Bounded)), (worker, part) =>
        {
            for (var seed = first + part * Part; seed < Math.Min(first + count, first + (part + 1) * Part); seed++)
            {
                var failure = worker.Of.Draw(seed);
                report.Add(all => AddTo(all, failure));
            }
            worker.Of.AddTo(report);
        });
    }

    private static void AddTo(Report report, Failure? failure)
    {
        if (failure is not null)
        {
            report.Failures.Add(failure);
        }
    }

    private static bool Fits(object item, string? only) => only is null || item.ToString()!.Contains(only, StringComparison.Ordinal);

    /// <summary>What is of one scene stays together, since its futures are compared.</summary>
    private static List<List<T>> Split<T>(IEnumerable<T> items, Func<T, string> scene) => [.. items.GroupBy(scene).Select(part => part.ToList()).OrderByDescending(part => part.Count)];

    private sealed class Worker<T>(T of)
    {
        public T Of => of;

        public (int Run, int Known) Counts { get; set; }
    }
}

/// <summary>How many orders of one meeting are run one by one before the rest is merged or sampled.</summary>
/// <param name="OneByOne">Of so many, all are run.</param>
/// <param name="Sample">Of more, so many are drawn; 0: all, merging equal states.</param>
public sealed record Orders(int OneByOne, int Sample)
{
    /// <summary>What every run of the tests does.</summary>
    public static Orders Bounded { get; } = new(60, 40);

    /// <summary>Every order.</summary>
    public static Orders Complete { get; } = new(200, 0);
}
