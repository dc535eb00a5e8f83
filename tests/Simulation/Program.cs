using System.Diagnostics;
using VoucherFunctions.Simulation.Exploring;

// Usage: dotnet run --project tests/Simulation --configuration Release -- <command> [--only TEXT] [--workers N]
//   crash-points   every flow × every call × every fault, each followed by recovery
//   pairs          every two flows that change something in a scene: every order, or of many orders a sample
//   pairs-all      every two flows in every scene, every order
var only = Argument("--only");
var workers = int.Parse(Argument("--workers") ?? $"{Environment.ProcessorCount}", null);
var report = new Report();
var watch = Stopwatch.StartNew();
switch (args.FirstOrDefault())
{
    case "crash-points":
        Explorer.CrashPoints(report, workers, only);
        break;
    case "pairs":
        Explorer.Pairs(report, workers, new Orders(60, 40), isComplete: false, only);
        break;
    case "pairs-all":
        Explorer.Pairs(report, workers, new Orders(200, 0), isComplete: true, only);
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
return report.Failures.Count == 0 ? 0 : 1;

string? Argument(string name) => args.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();
