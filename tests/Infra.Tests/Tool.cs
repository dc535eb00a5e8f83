using System.Diagnostics;
using System.Reflection;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Infra.Tests;

/// <summary>What a command printed, and how it ended.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Errors}\n{Output}";
}

/// <summary>The Bicep CLI of the NuGet package, and node: both offline.</summary>
public static class Tool
{
    private static readonly string Bicep = Metadata("Bicep");

    public static string Infra { get; } = Path.Combine(Repository.Root, "infra");

    public static Task<ToolResult> BicepAsync(params string[] arguments) => BicepInAsync(Infra, arguments);

    public static Task<ToolResult> BicepInAsync(string folder, params string[] arguments)
    {
        if (!File.GetUnixFileMode(Bicep).HasFlag(UnixFileMode.UserExecute))
        {
            File.SetUnixFileMode(Bicep, File.GetUnixFileMode(Bicep) | UnixFileMode.UserExecute);
        }
        return RunAsync(Bicep, folder, arguments);
    }

    public static Task<ToolResult> NodeAsync(params string[] arguments) =>
        RunAsync("node", Path.Combine(Repository.Root, "tests", "Infra.Tests"), arguments);

    public static async Task<ToolResult> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Metadata("Scratch");
        // What azd would set, for the parameter file that reads it.
        start.Environment["AZURE_ENV_NAME"] = "vouchers-test";
        start.Environment["VOUCHER_SERVICE_NAME"] = "test";
        start.Environment["VOUCHER_ALERT_RECIPIENTS"] = "operations@example.ch";
        start.Environment["VAULT_NAME"] = "kv-test";
        start.Environment["KEY_NAME"] = "keys-hashing";
        start.Environment["KEY_VALUE"] = new string('k', 44);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ToolResult(process.ExitCode, await output, await errors);
    }

    private static string Metadata(string key) =>
        typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
