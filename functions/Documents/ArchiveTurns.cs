namespace VoucherFunctions.Documents;

/// <summary>
/// One archive at a time for each account in an instance, since one can have 200 MB. The newest request wins: whoever asks again has given the one before up, and its
/// connection is broken, so that nobody takes the part for the whole.
/// </summary>
public sealed partial class ArchiveTurns(ILogger<ArchiveTurns> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CancellationTokenSource> _current = [];

    public async Task RunAsync(HttpContext http, string accountId, Func<CancellationToken, Task> write)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        Begin(accountId, turn);
        try
        {
            await write(turn.Token);
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            Log.GaveWay(logger, accountId);
            http.Abort();
        }
        finally
        {
            End(accountId, turn);
        }
    }

    private void Begin(string accountId, CancellationTokenSource turn)
    {
        lock (_lock)
        {
            // Under the lock, and not disposed of before its end there.
            _current.GetValueOrDefault(accountId)?.CancelAfter(TimeSpan.Zero);
            _current[accountId] = turn;
        }
    }

    private void End(string accountId, CancellationTokenSource turn)
    {
        lock (_lock)
        {
            if (_current.GetValueOrDefault(accountId) == turn)
            {
                _current.Remove(accountId);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "An archive of account {AccountId} gave way to a newer request.")]
        public static partial void GaveWay(ILogger logger, string accountId);
    }
}
