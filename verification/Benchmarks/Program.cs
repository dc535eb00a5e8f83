using System.Globalization;
using VoucherFunctions.Benchmarks;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;

// Usage: verification/run.sh benchmark <command> [--rounds N] [--quick] [--write]
//   <command>   one of those listed below, or "all"
//   --rounds N  how often each contender runs (5)
//   --quick     small counts, to see that it works; the figures mean little
//   --write     puts the tables and charts into docs/performance.md
if (args is [] or ["--help", ..])
{
    Console.WriteLine("Commands: all (everything, in this order)");
    foreach (var benchmark in Commands.All)
    {
        Console.WriteLine($"  {benchmark.Name,-12}{benchmark.Says}");
    }
    return args is [] ? 2 : 0;
}

var chosen = Commands.All.Where(benchmark => args[0] == "all" || args[0] == benchmark.Name).ToList();
if (chosen.Count == 0)
{
    await Console.Error.WriteLineAsync($"There is no command {args[0]}.");
    return 2;
}
var rounds = args.SkipWhile(argument => argument != "--rounds").Skip(1).FirstOrDefault() is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 5;
var options = new RunOptions(rounds, args.Contains("--quick"));
foreach (var benchmark in chosen)
{
    var report = new Report(benchmark.Name);
    await benchmark.RunAsync(report, options);
    if (args.Contains("--write"))
    {
        await report.WriteAsync();
    }
}
await Published.RemoveAsync();
return 0;
