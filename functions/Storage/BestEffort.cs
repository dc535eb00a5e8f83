namespace VoucherFunctions.Storage;

/// <summary>
/// What follows when the thing that was asked for is done: tidying up, for which a due row waits already, and notes. When the storage does not do it, the request
/// has succeeded all the same.
/// </summary>
public sealed partial class BestEffort(ILogger<BestEffort> logger)
{
    public async Task TryAsync(Func<CancellationToken, Task> followUp, CancellationToken cancellation)
    {
        try
        {
            await followUp(cancellation);
        }
        catch (Exception failure) when (StorageFailure.IsOfStorage(failure, cancellation))
        {
            Log.NotDone(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The storage did not do what was to follow a request that has succeeded.")]
        public static partial void NotDone(ILogger logger, Exception failure);
    }
}
