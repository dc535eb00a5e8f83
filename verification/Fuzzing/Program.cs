using System.Diagnostics;
using System.Globalization;
using SharpFuzz;
using VoucherFunctions.Fuzzing;

// "run PARSER" is what afl-fuzz starts; everything else is for people: [--seconds N each] [--only PARSER] [--keep].
if (args is ["run", var running])
{
    var parser = Parser.All.Single(each => each.Name == running);
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        parser.Check(input.ToArray());
    });
    return 0;
}
var seconds = args.SkipWhile(argument => argument != "--seconds").Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(60);
var only = args.SkipWhile(argument => argument != "--only").Skip(1).FirstOrDefault();
var isKept = args.Contains("--keep");
if (!IsInstalled())
{
    Console.Error.WriteLine("Please install afl++ (apt-get install afl++).");
    return 2;
}
using var fuzz = new AflFuzz();
var crashes = 0;
Console.WriteLine($"{"parser",-16}{"runs",12}{"edges",8}{"inputs",8}{"broken",8}");
await Parallel.ForEachAsync(
    Parser.All.Where(parser => only is null || parser.Name == only),
    new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2) },
    async (parser, _) =>
    {
        var result = await fuzz.RunAsync(parser.Name, seconds, isKept);
        Console.WriteLine($"{result.Parser,-16}{result.Runs,12:N0}{result.Edges,8:N0}{result.Corpus,8:N0}{result.Crashes.Count,8:N0}");
        foreach (var crash in result.Crashes)
        {
            Interlocked.Increment(ref crashes);
            Console.WriteLine($"  {crash}");
        }
    });
Console.WriteLine($"{seconds} s for each parser; {crashes} inputs break a promise.");
return crashes == 0 ? 0 : 1;

static bool IsInstalled()
{
    try
    {
        using var process = Process.Start(new ProcessStartInfo("afl-fuzz", ["-h"]) { RedirectStandardOutput = true, RedirectStandardError = true });
        return process is not null;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return false;
    }
}
