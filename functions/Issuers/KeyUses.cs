using System.Collections.Concurrent;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Issuers;

/// <summary>
/// Remembers when a key was last used, to the hour: so that nobody fears to revoke one that is not. Written in the background; no request waits for it,
/// and none fails because of it.
/// </summary>
public sealed partial class KeyUses(IssuerStore issuers, TimeProvider clock, ILogger<KeyUses> logger)
{
    private static readonly TimeSpan Precision = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new();
    private readonly Lock _lock = new();
    private Task _writing = Task.CompletedTask;

    public void Note(string issuerId, string keyId)
    {
        var now = clock.GetUtcNow();
        var before = _noted.GetOrAdd(keyId, DateTimeOffset.MinValue);
        if (now - before < Precision || !_noted.TryUpdate(keyId, now, before))
        {
            return;
        }
        lock (_lock)
        {
            using (ExecutionContext.SuppressFlow())
            {
                _writing = Task.WhenAll(_writing, Task.Factory.StartNew(
                    () => WriteAsync(issuerId, keyId, now), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap());
            }
        }
    }

    /// <summary>Completes when what was noted so far has been tried.</summary>
    public Task WhenWrittenAsync()
    {
        lock (_lock)
        {
            return _writing;
        }
    }

    private async Task WriteAsync(string issuerId, string keyId, DateTimeOffset now)
    {
        try
        {
            await issuers.NoteUseAsync(issuerId, keyId, now, CancellationToken.None);
        }
        catch (Exception failure) when (StorageFailure.IsOfStorage(failure, CancellationToken.None))
        {
            Log.NotNoted(logger, keyId, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The use of key {KeyId} could not be noted.")]
        public static partial void NotNoted(ILogger logger, string keyId, Exception failure);
    }
}
