namespace VoucherFunctions.Worker.Tests;

/// <summary>Holds back one download of a blob, so that a test decides when the storage answers.</summary>
/// <param name="after">How many downloads pass before it.</param>
public sealed class BlobHold(int after)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    /// <summary>Ends when the app asks for the blob.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Ends when the app gives up on the blob.</summary>
    public Task Abandoned => _abandoned.Task;

    public void Release() => _released.TrySetResult();

    internal async Task WaitAsync(CancellationToken aborted)
    {
        if (Interlocked.Increment(ref _passed) != after + 1)
        {
            return;
        }
        _reached.SetResult();
        try
        {
            await _released.Task.WaitAsync(aborted);
        }
        catch (OperationCanceledException)
        {
            _abandoned.SetResult();
            throw;
        }
    }
}
