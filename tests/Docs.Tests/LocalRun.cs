using System.Diagnostics;
using System.Globalization;
using VoucherFunctions.Local;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Docs.Tests;

/// <summary>What <c>./run.sh</c> starts, on a free port and with data of its own; it is ended with its process.</summary>
public sealed class LocalRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _data;

    private LocalRun(Process process, string data, int port)
    {
        (_process, _data) = (process, data);
        Address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
    }

    public string Address { get; }

    public static async Task<LocalRun> StartAsync()
    {
        var port = Azurite.FreePort();
        var data = Directory.CreateTempSubdirectory("docs-tests-").FullName;
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "run.sh")) { RedirectStandardOutput = true };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["DATA"] = data;
        start.Environment.Remove("STORAGE");
        start.Environment.Remove("MAIL");
        var run = new LocalRun(Process.Start(start) ?? throw new InvalidOperationException("run.sh did not start."), data, port);
        try
        {
            await run.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>The last line of the start, as the README says.</summary>
    private async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        do
        {
            lines.Add(await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"run.sh ended: {string.Join('\n', lines)}"));
        }
        while (lines[^1] != $"Ready: {Address}");
        // What comes later must not fill the pipe.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }
}
