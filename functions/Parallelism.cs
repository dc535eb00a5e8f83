namespace VoucherFunctions;

internal static class Parallelism
{
    /// <summary>At most <paramref name="count"/> at once. They stay on the caller's scheduler: the simulation runs everything on one thread of its own.</summary>
    public static ParallelOptions AtMost(int count, CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = count, CancellationToken = cancellation, TaskScheduler = TaskScheduler.Current };
}
