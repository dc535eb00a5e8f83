using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace VoucherFunctions.Native.Tests;

/// <summary>The published binary as the Functions host runs it: in its own folder, with its settings as environment variables.</summary>
public sealed class NativeProcess : IAsyncDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(25);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private NativeProcess(PublishedFixture published, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(published.Executable)
        {
            WorkingDirectory = published.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        _process = Process.Start(start) ?? throw new InvalidOperationException("The binary did not start.");
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>What it wrote, standard output first.</summary>
    public string Log => $"{Text(_output)}{Text(_errors)}";

    /// <summary>Starts it and asks GET / until anything is answered, as the host does.</summary>
    public static async Task<NativeProcess> StartAsync(PublishedFixture published, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var process = new NativeProcess(published, environment);
        using var client = new HttpClient();
        var root = new Uri($"http://127.0.0.1:{environment[NativeSettings.Port]}/");
        while (!await AnswersAsync(client, root, cancellation))
        {
            if (process._process.HasExited)
            {
                throw new InvalidOperationException($"The binary ended with code {process._process.ExitCode}: {process.Log}");
            }
            await Task.Delay(AskAgain, cancellation);
        }
        return process;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        PublishedFixture published, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        await using var process = new NativeProcess(published, environment);
        await process._process.WaitForExitAsync(cancellation);
        return (process._process.ExitCode, Text(process._output), Text(process._errors));
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
        await _process.WaitForExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri root, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync(root, cancellation);
            return response.StatusCode >= HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line is null ? "" : $"{line}\n");
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
