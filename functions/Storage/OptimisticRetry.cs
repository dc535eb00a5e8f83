namespace VoucherFunctions.Storage;

/// <summary>
/// The one limit of all loops that read, decide, and write if nobody changed the row in between. Each conflict means that another process made progress, so the limit
/// bounds the wait.
/// </summary>
public struct OptimisticRetry
{
    private const int MostConflicts = 100;
    private int _conflicts;

    /// <summary>Throws <see cref="TimeoutException"/> at the limit.</summary>
    public void CountConflict()
    {
        if (++_conflicts == MostConflicts)
        {
            throw new TimeoutException("Too many others changed the same row at once.");
        }
    }
}
