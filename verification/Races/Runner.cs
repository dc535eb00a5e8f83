using VoucherFunctions.Worker.Tests;

namespace VoucherFunctions.Races;

/// <summary>One process of the native binary on a port that it keeps.</summary>
public sealed class Runner(PublishedHead published, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private HeadProcess? _process;

    public string Origin { get; } = $"http://127.0.0.1:{settings[HostSettings.Port]}";

    public async Task StartAsync() => _process = await HeadProcess.StartAsync(published, settings, CancellationToken.None);

    /// <summary>SIGKILL, wherever it was.</summary>
    public async Task KillAndStartAsync()
    {
        await _process!.DisposeAsync();
        await StartAsync();
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
