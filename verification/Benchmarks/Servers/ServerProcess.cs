using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>How to start a server that listens on a port of the loopback address.</summary>
internal sealed record Launch(string File, IReadOnlyList<string> Arguments, string Folder, int Port)
{
    /// <summary>Instead of the variables of this process, of which only where programs are is passed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>A server in a process of its own, killed at the end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly string[] PassedOn = ["PATH", "HOME", "DOTNET_ROOT"];
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Launch _launch;

    private ServerProcess(Process process, Launch launch, long started)
    {
        (_process, _launch, Started) = (process, launch, started);
        Client = NewClient();
    }

    public int Id => _process.Id;

    /// <summary>The instant just before the start, of <see cref="Stopwatch"/>.</summary>
    public long Started { get; }

    public HttpClient Client { get; }

    /// <summary>Starts it and returns at once.</summary>
    public static ServerProcess Start(Launch launch)
    {
        var start = new ProcessStartInfo(launch.File, launch.Arguments)
        {
            WorkingDirectory = launch.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        var variables = PassedOn.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name) ?? "")).Where(variable => variable.Value.Length > 0);
        foreach (var (name, value) in variables.Concat(launch.Environment))
        {
            start.Environment[name] = value;
        }
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{launch.File} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is { Length: > 0 } text ? $"    {text}\n" : "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(process, launch, started);
    }

    public static async Task<ServerProcess> StartAndWaitAsync(Launch launch)
    {
        var server = Start(launch);
        await server.WaitAsync();
        return server;
    }

    /// <summary>Waits until a connection is taken, which is asked for every millisecond.</summary>
    public async Task WaitAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartTime)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"{_launch.File} {string.Join(' ', _launch.Arguments)} ended with code {_process.ExitCode}.");
            }
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, _launch.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(AskAgain);
            }
        }
        throw new TimeoutException($"{_launch.File} does not answer.");
    }

    /// <summary>Cookies are the caller's affair: there are many people behind one client.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1024 })
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_launch.Port}")),
    };

    /// <summary>MiB, as <c>VmRSS</c> (now) or <c>VmHWM</c> (at most).</summary>
    public double Memory(string kind) => double.Parse(
        File.ReadLines($"/proc/{Id}/status").Single(line => line.StartsWith(kind, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) / 1024;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
