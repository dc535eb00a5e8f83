using System.Globalization;
using System.Runtime.InteropServices;
using VoucherFunctions.Benchmarks.Measuring;

namespace VoucherFunctions.Benchmarks;

/// <summary>What the figures were measured on: ratios travel between machines, absolute figures do not.</summary>
internal static class Machine
{
    public static async Task RunAsync(Report report, RunOptions options)
    {
        var processor = (await File.ReadAllLinesAsync("/proc/cpuinfo")).First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var rounds = options.IsQuick ? "a quick run: the figures mean little" : $"{options.Rounds} rounds";
        report.Text($"Measured on {day}: {Environment.ProcessorCount} cores of {processor}, {memory} GiB, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}; {rounds}.");
    }
}
