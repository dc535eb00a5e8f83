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
            foreach (var point in part.TakeWhile(_ => !report.IsFull))
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

    /// <summary>Every two flows in every scene, each meeting in so many orders.</summary>
    public static void Pairs(Report report, int workers, Func<Meeting, Orders> orders, string? only = null)
    {
        var finder = new Pairs(new Scenes());
        var meetings = finder.Find(Effect.Both).Concat(finder.Find(Effect.OneOrNone)).Where(meeting => Fits(meeting, only)).ToList();
        report.Meetings += meetings.Count;
        report.Seeds = $"{Seed}";
        Workers.Run(workers, Split(meetings, meeting => meeting.Scene), () => Counting(report), (worker, part) =>
        {
            foreach (var meeting in part.TakeWhile(_ => !report.IsFull))
            {
                var failure = worker.Of.Explore(meeting, orders(meeting), Seed);
                report.Add(all =>
                {
                    all.MeetingsExplored++;
                    AddTo(all, failure);
                });
                worker.Of.AddTo(report);
            }
        });
    }

    /// <summary>Every two flows that change something × every call of either × every fault, one order by chance of each; or <paramref name="count"/> of them by chance.</summary>
    public static void PairsWithFault(Report report, int workers, int seed, int? count = null, string? only = null)
    {
        var meetings = new Pairs(new Scenes()).FindWithFault().Where(meeting => Fits(meeting, only)).ToArray();
        report.Faulted += meetings.Length;
        report.Seeds += $"{(report.Seeds.Length > 0 ? ", " : "")}{seed}";
        if (count is not null)
        {
            new Random(seed).Shuffle(meetings);
        }
        var parts = Split(meetings.Take(count ?? meetings.Length), meeting => meeting.Scene).SelectMany(part => part.Chunk(200)).ToList();
        var futures = new Futures();
        Workers.Run(workers, parts, () => new Worker<Pairs>(new Pairs(new Scenes(), futures)), (worker, part) =>
        {
            foreach (var meeting in part.TakeWhile(_ => !report.IsFull))
            {
                var failure = worker.Of.Draw(meeting, seed);
                report.Add(all =>
                {
                    all.FaultedExplored++;
                    AddTo(all, failure);
                });
                worker.Of.AddTo(report);
            }
        });
    }

    /// <summary>So many meetings by chance, one order of each; the seeds follow one another from <paramref name="first"/>.</summary>
    public static void Random(Report report, int workers, int first, int count)
    {
        const int Part = 500;
        report.Seeds += $"{(report.Seeds.Length > 0 ? ", " : "")}{first}–{first + count - 1}";
        var futures = new Futures();
        Workers.Run(workers, [.. Enumerable.Range(0, (count + Part - 1) / Part)], () => new Worker<Pairs>(new Pairs(new Scenes(), futures)), (worker, part) =>
        {
            for (var seed = first + part * Part; seed < Math.Min(first + count, first + (part + 1) * Part) && !report.IsFull; seed++)
            {
                var failure = worker.Of.Draw(seed);
                report.Add(all => AddTo(all, failure));
                worker.Of.AddTo(report);
            }
        });
    }

    private static Worker<Pairs> Counting(Report report)
    {
        var pairs = new Pairs(new Scenes());
        pairs.GoesOn = () =>
        {
            pairs.AddTo(report);
            return !report.IsFull;
        };
        return new Worker<Pairs>(pairs);
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
