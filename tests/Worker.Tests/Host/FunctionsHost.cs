using System.Globalization;
using System.Text.Json.Nodes;

namespace VoucherFunctions.Worker.Tests.Host;

/// <summary>A published head as the Functions host runs it, and what reaches it from outside.</summary>
public abstract class FunctionsHost(HeadProcess process, int port) : IAsyncDisposable
{
    public HeadProcess Process { get; } = process;

    /// <summary>Where callers from outside reach the app.</summary>
    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>All that the host has in its log of the app.</summary>
    public abstract string Log { get; }

    /// <summary>The port on which the app itself listens.</summary>
    public abstract int AppPort { get; }

    public static async Task<FunctionsHost> StartAsync(PublishedHead published, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation) =>
        published.Head == Head.Worker
            ? await WorkerHost.StartAsync(published, settings, cancellation)
            : await CustomHandlerHost.StartAsync(published, settings, cancellation);

    /// <summary>Runs a timer to its end and returns its report.</summary>
    public abstract Task<JsonNode> RunTimerAsync(string name, string? traceParent = null);

    /// <summary>Asks the app to end, as the host does where it can, otherwise as the platform does.</summary>
    public virtual void Terminate() => Process.Terminate();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Process.DisposeAsync();
    }
}
