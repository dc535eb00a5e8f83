using Azure;
using Azure.Identity;

namespace VoucherFunctions.Storage;

/// <summary>What a failed storage request tells about the row.</summary>
public static class StorageFailure
{
    /// <summary>
    /// 409, 412 or 404: somebody was faster, or our own write was applied and its answer lost (docs/rules.md#r6). A table that is missing is no conflict but a broken deployment.
    /// </summary>
    public static bool IsConflict(this RequestFailedException failure) =>
        failure.Status is 409 or 412 or 404 && failure.ErrorCode != "TableNotFound";

    /// <summary>The storage did not do it, did not let us, or did and could not say so; not our own caller who went away.</summary>
    public static bool IsOfStorage(Exception failure, CancellationToken cancellation) =>
        failure is RequestFailedException or AuthenticationFailedException || IsAmbiguous(failure, cancellation);

    /// <summary>No answer or a server's failure: the write may or may not have been applied.</summary>
    public static bool IsAmbiguous(Exception failure, CancellationToken cancellation) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        AggregateException or IOException or TimeoutException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };
}
