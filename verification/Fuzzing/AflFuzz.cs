using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SharpFuzz;

namespace VoucherFunctions.Fuzzing;

/// <summary>What afl-fuzz says at its end.</summary>
public sealed record FuzzedParser(string Parser, long Runs, long Edges, int Corpus, IReadOnlyList<string> Crashes);

/// <summary>
/// afl-fuzz (https://aflplus.plus) over an instrumented copy of this program: it keeps an input when it reaches a place in the app's code, or in MimeKit's reading of addresses, that none before it reached.
/// </summary>
public sealed class AflFuzz : IDisposable
{
    private const int LongestKept = 512;
    private static readonly string[] OfMimeKit = ["MimeKit.MailboxAddress", "MimeKit.InternetAddress", "MimeKit.Utils.ParseUtils", "MimeKit.Utils.Rfc2047", "MimeKit.DomainList"];

    // Not the whole program: what runs before afl-fuzz has given it its map would crash.
    private static readonly string[] Checks = [.. new[] { typeof(Texts), typeof(Secrets), typeof(Files), typeof(Bodies) }.Select(check => check.FullName!)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fuzzing-");
    private readonly string _program;

    public AflFuzz()
    {
        var copy = _folder.CreateSubdirectory("program").FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }
        _program = Path.Combine(copy, "VoucherFunctions.Fuzzing.dll");
        // The checks too: afl-fuzz takes no input that reaches nothing, as one does that the JSON reader refuses.
        Fuzzer.Instrument(_program, name => Checks.Any(check => name.StartsWith(check, StringComparison.Ordinal)), Options.Value);
        foreach (var app in (string[])["VoucherFunctions.Domain.dll", "VoucherFunctions.dll"])
        {
            Fuzzer.Instrument(Path.Combine(copy, app), name => name.StartsWith("VoucherFunctions.", StringComparison.Ordinal), Options.Value);
        }
        Fuzzer.Instrument(Path.Combine(copy, "MimeKit.dll"), name => OfMimeKit.Any(part => name.StartsWith(part, StringComparison.Ordinal)), Options.Value);
    }

    /// <summary>Runs the parser for some seconds. What it learned goes to the corpus if that is asked for.</summary>
    public async Task<FuzzedParser> RunAsync(string parser, int seconds, bool isKept)
    {
        var known = Corpus.FolderOf(parser);
        var found = Path.Combine(_folder.FullName, parser);
        var start = new ProcessStartInfo("afl-fuzz", ["-i", known, "-o", found, "-t", "5000", "-m", "none", "-V", seconds.ToString(CultureInfo.InvariantCulture), "--", "dotnet", _program, "run", parser])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in (string[])["AFL_SKIP_BIN_CHECK", "AFL_NO_UI", "AFL_SKIP_CPUFREQ", "AFL_NO_AFFINITY", "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES"])
        {
            start.Environment[setting] = "1";
        }
        // The runtime changes its code while it runs; without this afl-fuzz takes that for what the input did.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("afl-fuzz did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var results = Path.Combine(found, "default");
        var stats = Path.Combine(results, "fuzzer_stats");
        if (!File.Exists(stats))
        {
            throw new InvalidOperationException($"afl-fuzz did not run {parser}:\n{await output}\n{await errors}");
        }
        var told = File.ReadLines(stats).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
        // "+cov": it reached something new, rather than the same more often.
        var queue = FilesIn(Path.Combine(results, "queue"))
            .Where(file => file.EndsWith("+cov", StringComparison.Ordinal) && new FileInfo(file).Length <= LongestKept).Select(File.ReadAllBytes).ToList();
        var broken = FilesIn(Path.Combine(results, "crashes")).Concat(FilesIn(Path.Combine(results, "hangs"))).Select(File.ReadAllBytes).ToList();
        if (isKept)
        {
            queue.ForEach(bytes => Corpus.Keep(parser, bytes));
        }
        // What broke a promise is kept in any case: it is the regression test of its mend.
        var crashes = broken.Select(bytes => Corpus.Keep(parser, bytes)).ToList();
        return new FuzzedParser(
            parser, long.Parse(told["execs_done"], CultureInfo.InvariantCulture), long.Parse(told["edges_found"], CultureInfo.InvariantCulture), queue.Count, crashes);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] FilesIn(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "id*") : [];
}

/// <summary>Inputs that are kept: a folder a parser, a file an input, named by its hash. The ordinary tests go through all of them.</summary>
public static class Corpus
{
    private static readonly string Root = Path.Combine(Repository(), "verification", "Fuzzing", "corpus");

    public static string FolderOf(string parser) => Path.Combine(Root, parser);

    public static IEnumerable<(string Parser, string File)> All() =>
        from parser in Parser.All from file in Directory.GetFiles(FolderOf(parser.Name)) select (parser.Name, Path.GetFileName(file));

    public static string Keep(string parser, byte[] bytes)
    {
        var file = Path.Combine(FolderOf(parser), Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "VoucherFunctions.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The program does not run from the repository.");
        }
        return folder.FullName;
    }
}
