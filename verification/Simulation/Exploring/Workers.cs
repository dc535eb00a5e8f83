using System.Collections.Concurrent;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>Shares work out to threads, each with a world of its own; what one world does never depends on another.</summary>
public static class Workers
{
    public static void Run<TWorker, TItem>(int workers, IReadOnlyList<TItem> items, Func<TWorker> create, Action<TWorker, TItem> work)
    {
        var queue = new ConcurrentQueue<TItem>(items);
        ExceptionDispatch? broken = null;
        var threads = Enumerable.Range(0, Math.Max(1, workers)).Select(number => new Thread(() =>
        {
            try
            {
                var worker = create();
                while (broken is null && queue.TryDequeue(out var item))
                {
                    work(worker, item);
                }
            }
            catch (Exception exception)
            {
                broken ??= new ExceptionDispatch(exception);
            }
        }, maxStackSize: 16 * 1024 * 1024)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (broken is not null)
        {
            throw new InvalidOperationException("A worker broke.", broken.Exception);
        }
    }

    private sealed record ExceptionDispatch(Exception Exception);
}
