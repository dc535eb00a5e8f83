using System.Diagnostics;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>A command that must end well.</summary>
internal static class Tool
{
    public static async Task RunAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with code {process.ExitCode}: {output}");
        }
    }
}
