using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace VoucherFunctions.Simulation.Tests;

/// <summary>
/// Every rule of the design is switched off, one at a time, in a copy of the app's source; the runs that are known to notice must notice. Where they do not, the command
/// <c>mutants</c> searches for others.
/// </summary>
public sealed partial class MutantTests
{
    private const int Rules = 11;

    [Fact]
    public async Task Every_seeded_mistake_is_found()
    {
        var output = await RunAsync();
        Console.WriteLine($"Mutants:\n{output}");

        Assert.DoesNotContain("SURVIVES", output, StringComparison.Ordinal);
        var killed = Killed().Matches(output);
        Assert.True(killed.Count >= 15, output);
        var rules = killed.SelectMany(match => match.Groups[1].Value.Split(", ")).ToHashSet();
        Assert.All(Enumerable.Range(1, Rules), rule => Assert.Contains($"R{rule}", rules));
    }

    /// <summary>In a process of its own, since its app is another build of the same types.</summary>
    private static async Task<string> RunAsync()
    {
        var program = AppContext.BaseDirectory.Replace("Simulation.Tests", "Simulation.Mutants", StringComparison.Ordinal) + "VoucherFunctions.Simulation.Mutants.dll";
        var start = new ProcessStartInfo("dotnet", [program, "mutants", "--hints-only"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await error;
    }

    [GeneratedRegex(@"^killed: .*? \(([^)]*)\) by ", RegexOptions.Multiline)]
    private static partial Regex Killed();
}
