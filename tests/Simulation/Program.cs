using System.Diagnostics;
using VoucherFunctions.Simulation.Exploring;
using VoucherFunctions.Simulation.Mutants;

// Usage: dotnet run --project tests/Simulation --configuration Release -- <command> [--only TEXT] [--workers N]
//   crash-points   every flow × every call × every fault, each followed by recovery
//   pairs          every two flows that change something in a scene: every order, or of many orders a sample
//   random         meetings by chance: --seed the first, --count how many; a failure is run again by its seed
//   deep           crash-points, pairs-all, and as many random ones as make a million schedules
//   mutants        (of tests/Simulation.Mutants) every seeded mistake, until a run catches it
//   mutate         SOURCE TARGET: the app's source with all mutants in it
//   pairs-all      every two flows in every scene, every order
var only = Argument("--only");
var workers = int.Parse(Argument("--workers") ?? $"{Environment.ProcessorCount}", null);
var report = new Report();
var watch = Stopwatch.StartNew();
switch (args.FirstOrDefault())
{
    case "mutate":
        MutatedSource.Write(args[1], args[2]);
        return 0;
#if MUTANTS
    case "mutants":
        Mutants(report, workers, only);
        break;
#endif
    case "crash-points":
        Explorer.CrashPoints(report, workers, only);
        break;
    case "pairs":
        Explorer.Pairs(report, workers, Orders.Bounded, isComplete: false, only);
        break;
    case "random":
        Explorer.Random(report, workers, int.Parse(Argument("--seed") ?? "1", null), int.Parse(Argument("--count") ?? "10000", null));
        break;
    case "deep":
        Explorer.CrashPoints(report, workers);
        Explorer.Pairs(report, workers, Orders.Complete, isComplete: true);
        Explorer.Random(report, workers, 1, (int)Math.Max(1, 1_000_000 - report.Schedules));
        break;
    case "pairs-all":
        Explorer.Pairs(report, workers, Orders.Complete, isComplete: true, only);
        break;
    default:
        await Console.Error.WriteLineAsync("crash-points, pairs or pairs-all?");
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
static void Mutants(Report report, int workers, string? only)
{
    var mutants = SeededMutants.All.Where(mutant => only is null || mutant.Name.Contains(only, StringComparison.Ordinal)).ToList();
    report.MutantsSeeded = mutants.Count;
    Workers.Run(workers, mutants, () => new Hunt(name => VoucherFunctions.Mutation.On = name), (hunt, mutant) =>
    {
        var caught = hunt.Find(mutant);
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

string? Argument(string name) => args.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();
