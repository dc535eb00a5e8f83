using System.Globalization;
using VoucherFunctions.Worker.Tests.Host;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>A server that takes requests.</summary>
/// <param name="Started">The instant just before its process was started, of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal sealed record RunningServer(int Id, long Started, HttpClient Client, IAsyncDisposable Owner) : IAsyncDisposable
{
    public static async Task<RunningServer> StartAsync(Launch launch)
    {
        var server = await ServerProcess.StartAndWaitAsync(launch);
        return new RunningServer(server.Id, server.Started, server.NewClient(), server);
    }

    public static RunningServer Of(WorkerHost host) => new(host.Process.Id, host.Process.Started, NewClient(host.Address), host);

    /// <summary>MiB, as <c>VmRSS</c> (now) or <c>VmHWM</c> (at most).</summary>
    public double Memory(string kind) => double.Parse(
        File.ReadLines($"/proc/{Id}/status").Single(line => line.StartsWith(kind, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) / 1024;

    /// <summary>Of all its threads so far (https://docs.kernel.org/scheduler/sched-stats.html: the first number is nanoseconds on a processor).</summary>
    public TimeSpan ProcessorTime() => TimeSpan.FromMilliseconds(Directory.EnumerateDirectories($"/proc/{Id}/task")
        .Sum(thread => double.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture)) / 1e6);

    /// <summary>Cookies are the caller's: there are many people behind one client.</summary>
    private static HttpClient NewClient(Uri address) => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Owner.DisposeAsync();
    }
}
