using VoucherFunctions.Storage;
using Xunit;

namespace VoucherFunctions.Tests.Storage;

public sealed class OptimisticRetryTests
{
    /// <summary>A storage that answers every write with a conflict must not hold a request for ever.</summary>
    [Fact]
    public void The_hundredth_conflict_ends_the_loop_as_a_fault_of_the_storage()
    {
        var retry = new OptimisticRetry();
        for (var conflict = 1; conflict < 100; conflict++)
        {
            retry.CountConflict();
        }

        var end = Record.Exception(() => retry.CountConflict());

        Assert.IsType<TimeoutException>(end);
        Assert.True(StorageFailure.IsOfStorage(end, CancellationToken.None));
    }
}
