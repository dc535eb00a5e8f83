using System.Diagnostics;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>The administrator's command that proves the chain of receipts.</summary>
internal static class Chain
{
    /// <summary>What it says of these downloads, the newest last.</summary>
    public static async Task<(int ExitCode, string Said)> CheckAsync(params IReadOnlyList<JsonNode> downloads)
    {
        var folder = Directory.CreateTempSubdirectory("receipts-").FullName;
        try
        {
            var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Path.Combine(Repository.Root, "infra", "check-receipts.mjs"));
            foreach (var (index, download) in downloads.Index())
            {
                var file = Path.Combine(folder, $"{index}.json");
                await File.WriteAllTextAsync(file, download.ToJsonString());
                start.ArgumentList.Add(file);
            }
            using var node = Process.Start(start)!;
            var said = await node.StandardOutput.ReadToEndAsync() + await node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync();
            return (node.ExitCode, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
