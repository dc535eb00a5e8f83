using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The process of a published head: in its own folder, with its settings as environment variables.</summary>
public sealed class HeadProcess : IAsyncDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(25);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private HeadProcess(PublishedHead published, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(published.Command, [.. published.Arguments, .. arguments])
        {
            WorkingDirectory = published.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in published.Environment.Concat(environment))
        {
            start.Environment[name] = value;
        }
        Started = Stopwatch.GetTimestamp();
        _process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>The instant just before the start, of <see cref="Stopwatch"/>.</summary>
    public long Started { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>What it wrote, standard output first.</summary>
    public string Log => $"{Text(_output)}{Text(_errors)}";

    public static HeadProcess Start(PublishedHead published, IReadOnlyDictionary<string, string> environment, params string[] arguments) => new(published, environment, arguments);

    /// <summary>Starts a custom handler and asks GET / until anything is answered, as the host does.</summary>
    public static async Task<HeadProcess> StartAsync(PublishedHead published, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var process = new HeadProcess(published, environment, []);
        using var client = new HttpClient();
        var root = new Uri($"http://127.0.0.1:{environment[HostSettings.Port]}/");
        while (!await AnswersAsync(client, root, cancellation))
        {
            if (process._process.HasExited)
            {
                throw new InvalidOperationException($"The process ended with code {process._process.ExitCode}: {process.Log}");
            }
            await Task.Delay(AskAgain, cancellation);
        }
        return process;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        PublishedHead published, IReadOnlyDictionary<string, string> environment, string[] arguments, CancellationToken cancellation)
    {
        await using var process = new HeadProcess(published, environment, arguments);
        await process._process.WaitForExitAsync(cancellation);
        return (process._process.ExitCode, Text(process._output), Text(process._errors));
    }

    public Task WaitForExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Asks it to stop, as the platform does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        Terminate();
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
