namespace VoucherFunctions.Simulation.Running;

/// <summary>
/// Runs tasks in the order in which they were queued, on the thread that asks for it. What the app awaits comes back here, so that nothing happens unless the
/// simulation lets it happen.
/// </summary>
public sealed class OneThread : TaskScheduler
{
    private const string Routing = "Microsoft.AspNetCore.Routing.Matching";
    private readonly Queue<Task> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public void RunAll()
    {
        while (_queue.TryDequeue(out var task))
        {
            TryExecuteTask(task);
        }
    }

    /// <summary>Forgets what was to come: the process it belonged to is dead.</summary>
    public void Clear() => _queue.Clear();

    protected override IEnumerable<Task> GetScheduledTasks() => _queue;

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _queue.Enqueue(task);
        }
        else if ((task.AsyncState as Delegate)?.Target?.GetType().ToString().Contains(Routing, StringComparison.Ordinal) == true)
        {
            // ASP.NET compiles its routes in the background, which changes nothing but its speed.
            ThreadPool.QueueUserWorkItem(_ => TryExecuteTask(task));
        }
        else
        {
            Environment.FailFast("Something of the app ran on another thread: the simulation would not be deterministic.");
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
}
