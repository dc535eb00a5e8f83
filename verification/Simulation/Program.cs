using System.Diagnostics;
using VoucherFunctions.Simulation.Exploring;
using VoucherFunctions.Simulation.Mutants;
using VoucherFunctions.Simulation.Soak;

// Usage: verification/run.sh <command> [--only TEXT] [--workers N]
//   crash-points     every flow × every call × every fault, each followed by recovery
//   pairs            every two flows in every scene: every order, or of many orders a sample
//   pairs-all        the same, every order
//   pairs-with-fault every two flows that change something × every call × every fault, one order of each; --count: so many of them by --seed
//   random           scenarios by chance: --seed the first, --count how many; a failure is run again by its seed
//   deep             crash-points, pairs-all, pairs-with-fault, and as many random ones as make a million schedules (--schedules N), then the soak
//   soak             a year with --participants N and a fault or more every day, and on to the last deadline; --seed
//   mutants          every seeded mistake, until a run catches it; --hints-only: tries only the runs known to catch it; --without-hints: as
//                   if none were known, so that the bounded exploration has to find it
//   soak-mutants     (likewise) a small soak with each mistake
//   mutate           REPOSITORY TARGET: the app's source with all mutants in it
var only = Argument("--only");
var workers = int.Parse(Argument("--workers") ?? $"{Environment.ProcessorCount}", null);
var seed = int.Parse(Argument("--seed") ?? "1", null);
var report = new Report { Most = Argument("--schedules") is { } most ? long.Parse(most, null) : args.FirstOrDefault() == "deep" ? 1_000_000 : long.MaxValue };
var watch = Stopwatch.StartNew();
switch (args.FirstOrDefault())
{
    case "mutate":
        MutatedSource.Write(args[1], args[2]);
        return 0;
#if MUTANTS
    case "mutants":
        Mutants(report, workers, only, mutant => args.Contains("--without-hints") ? [null] : args.Contains("--hints-only") ? mutant.Hints : mutant.Hints.Append(null));
        break;
    case "soak-mutants":
        SoakMutants(report, workers, only, seed);
        break;
#endif
    case "crash-points":
        Explorer.CrashPoints(report, workers, only);
        break;
    case "pairs":
        Explorer.Pairs(report, workers, Orders.Bounded, only);
        break;
    case "pairs-all":
        Explorer.Pairs(report, workers, _ => Orders.Complete, only);
        break;
    case "pairs-with-fault":
        Explorer.PairsWithFault(report, workers, seed, Argument("--count") is { } many ? int.Parse(many, null) : null, only);
        break;
    case "random":
        Explorer.Random(report, workers, seed, int.Parse(Argument("--count") ?? "10000", null));
        break;
    case "deep":
        Deep(report, workers, seed);
        if (!Soak(int.Parse(Argument("--participants") ?? "10000", null), seed))
        {
            return 1;
        }
        break;
    case "soak":
        return Soak(int.Parse(Argument("--participants") ?? "10000", null), seed) ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync("crash-points, pairs, pairs-all, pairs-with-fault, random, soak or deep?");
        return 2;
}
foreach (var failure in report.Failures.Take(5))
{
    Console.WriteLine(failure);
}
foreach (var failure in report.Failures.Skip(5))
{
    Console.WriteLine($"{failure.Run}: {failure.Violations[0]}");
}
Console.WriteLine(report);
Console.WriteLine($"{watch.Elapsed:c}, {Process.GetCurrentProcess().TotalProcessorTime:c} of the processors");
return report.Failures.Count == 0 && report.MutantsKilled == report.MutantsSeeded ? 0 : 1;

#if MUTANTS
static void SoakMutants(Report report, int workers, string? only, int seed)
{
    var mutants = SeededMutants.All.Where(mutant => only is null || mutant.Name.Contains(only, StringComparison.Ordinal)).ToList();
    report.MutantsSeeded = mutants.Count;
    Workers.Run(workers, mutants, () => seed, (first, mutant) =>
    {
        VoucherFunctions.Mutation.On = mutant.Name;
        var soak = new Year(100, first).Run(_ => { });
        VoucherFunctions.Mutation.On = null;
        report.Add(all => all.MutantsKilled += soak.Violations.Count > 0 ? 1 : 0);
        Console.WriteLine(soak.Violations.Count > 0 ? $"killed: {mutant.Name} on day {soak.Days}: {soak.Violations[0]}" : $"SURVIVES: {mutant.Name}");
    });
}

static void Mutants(Report report, int workers, string? only, Func<Mutant, IEnumerable<string?>> runsOf)
{
    var mutants = SeededMutants.All.Where(mutant => only is null || mutant.Name.Contains(only, StringComparison.Ordinal)).ToList();
    report.MutantsSeeded = mutants.Count;
    Workers.Run(workers, mutants, () => new Hunt(name => VoucherFunctions.Mutation.On = name), (hunt, mutant) =>
    {
        var caught = hunt.Find(mutant, runsOf(mutant));
        report.Add(all => all.MutantsKilled += caught is null ? 0 : 1);
        lock (report)
        {
            Console.WriteLine($"{(caught is null ? "SURVIVES" : "killed")}: {mutant.Name} ({mutant.Rule}){(caught is null ? "" : $" by {caught.Run}: {caught.Violations[0]}")}");
            if (Environment.GetEnvironmentVariable("TRACES") is not null && caught is not null)
            {
                Console.WriteLine(caught);
            }
        }
    });
}
#endif

static void Deep(Report report, int workers, int seed)
{
    var watch = Stopwatch.StartNew();
    using var progress = new Timer(
        _ => Console.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss}  {report.Schedules} schedules, {report.Schedules / watch.Elapsed.TotalSeconds:0} a second, {report.Failures.Count} violations"),
        null, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
    Explorer.CrashPoints(report, workers);
    Explorer.Pairs(report, workers, _ => Orders.Complete);
    Explorer.PairsWithFault(report, workers, seed);
    Explorer.Random(report, workers, seed, (int)Math.Max(0, report.Most - report.Schedules));
}

static bool Soak(int participants, int seed)
{
    var watch = Stopwatch.StartNew();
    var soak = new Year(participants, seed).Run(Console.WriteLine);
    foreach (var line in soak.Trace)
    {
        Console.WriteLine($"    {line}");
    }
    Console.WriteLine(string.Join('\n', soak.Violations.Select(violation => $"  {violation}")));
    Console.WriteLine(soak);
    Console.WriteLine($"{watch.Elapsed:c}");
    return soak.Violations.Count == 0;
}

string? Argument(string name) => args.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();
