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

    /// <summary>Every two flows in every scene, each scenario in so many orders.</summary>
    public static void Pairs(Report report, int workers, Func<Scenario, Orders> orders, string? only = null)
    {
        var finder = new Pairs(new Scenes());
        var scenarios = finder.Find(Effect.Both).Concat(finder.Find(Effect.OneOrNone)).Where(scenario => Fits(scenario, only)).ToList();
        report.Scenarios += scenarios.Count;
        report.Seeds = $"{Seed}";
        Workers.Run(workers, Split(scenarios, scenario => scenario.Scene), () => Counting(report), (worker, part) =>
        {
            foreach (var scenario in part.TakeWhile(_ => !report.IsFull))
            {
                var failure = worker.Of.Explore(scenario, orders(scenario), Seed);
                report.Add(all =>
                {
                    all.ScenariosExplored++;
                    AddTo(all, failure);
                });
                worker.Of.AddTo(report);
            }
        });
    }

    /// <summary>Every two flows that change something × every call of either × every fault, one order by chance of each; or <paramref name="count"/> of them by chance.</summary>
    public static void PairsWithFault(Report report, int workers, int seed, int? count = null, string? only = null)
    {
        var scenarios = new Pairs(new Scenes()).FindWithFault().Where(scenario => Fits(scenario, only)).ToArray();
        report.Faulted += scenarios.Length;
        report.Seeds += $"{(report.Seeds.Length > 0 ? ", " : "")}{seed}";
        if (count is not null)
        {
            new Random(seed).Shuffle(scenarios);
        }
        var parts = Split(scenarios.Take(count ?? scenarios.Length), scenario => scenario.Scene).SelectMany(part => part.Chunk(200)).ToList();
        var visited = new VisitedStates();
        Workers.Run(workers, parts, () => new Worker<Pairs>(new Pairs(new Scenes(), visited)), (worker, part) =>
        {
            foreach (var scenario in part.TakeWhile(_ => !report.IsFull))
            {
                var failure = worker.Of.Draw(scenario, seed);
                report.Add(all =>
                {
                    all.FaultedExplored++;
                    AddTo(all, failure);
                });
                worker.Of.AddTo(report);
            }
        });
    }

    /// <summary>So many scenarios by chance, one order of each; the seeds follow one another from <paramref name="first"/>.</summary>
    public static void Random(Report report, int workers, int first, int count)
    {
        const int Part = 500;
        report.Seeds += $"{(report.Seeds.Length > 0 ? ", " : "")}{first}–{first + count - 1}";
        var visited = new VisitedStates();
        Workers.Run(workers, [.. Enumerable.Range(0, (count + Part - 1) / Part)], () => new Worker<Pairs>(new Pairs(new Scenes(), visited)), (worker, part) =>
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

    /// <summary>What is of one scene stays together, since its visited are compared.</summary>
    private static List<List<T>> Split<T>(IEnumerable<T> items, Func<T, string> scene) => [.. items.GroupBy(scene).Select(part => part.ToList()).OrderByDescending(part => part.Count)];

    private sealed class Worker<T>(T of)
    {
        public T Of => of;

        public (int Run, int Known) Counts { get; set; }
    }
}
