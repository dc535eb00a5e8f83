using Microsoft.Net.Http.Headers;
using VoucherFunctions.Domain;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Http;

/// <summary>
/// The one place where exceptions end. Bad requests and unmatched routes become problem documents; a storage that does not answer and a key that is missing are 503; anything else is a bug:
/// 500 outside, the exception in the log under the same trace id.
/// </summary>
public sealed partial class ProblemHandling(RequestDelegate next, ILogger<ProblemHandling> logger)
{
    private static readonly Refusal KeyMissing = Problems.KeyMissing with { RetryAfter = TimeSpan.FromMinutes(1) };
    private static readonly Refusal StorageUnavailable = Problems.StorageUnavailable with { RetryAfter = TimeSpan.FromSeconds(5) };

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad)
        {
            await WriteAsync(context, Of(bad.StatusCode));
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (StorageFailure.IsOfStorage(failure, context.RequestAborted))
        {
            Log.StorageFailed(logger, failure);
            await WriteAsync(context, StorageUnavailable);
            return;
        }
        catch (EncryptionKeyMissingException missing)
        {
            Log.KeyMissing(logger, missing);
            await WriteAsync(context, KeyMissing);
            return;
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure);
            await WriteAsync(context, Problems.InternalError);
            return;
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
        {
            await WriteAsync(context, Of(context.Response.StatusCode));
        }
    }

    private static Refusal Of(int status) => status switch
    {
        404 => Problems.NotFound,
        405 => Problems.MethodNotAllowed,
        413 => Problems.BodyTooLarge,
        415 => Problems.UnsupportedMediaType,
        >= 500 => Problems.InternalError,
        _ => Problems.InvalidJson,
    };

    private static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        if (context.Response.HasStarted)
        {
            // An orderly end would make a part look like the whole.
            context.Abort();
            return;
        }
        // What the answer would have been is no longer true.
        context.Response.ContentLength = null;
        context.Response.Headers.Remove(HeaderNames.ContentDisposition);
        context.Response.Headers.Remove(HeaderNames.ETag);
        context.Response.Headers.Remove(HeaderNames.SetCookie);
        await Problem.WriteAsync(context, refusal);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The storage failed.")]
        public static partial void StorageFailed(ILogger logger, Exception failure);

        [LoggerMessage(2, LogLevel.Error, "A request failed.")]
        public static partial void Failed(ILogger logger, Exception failure);

        [LoggerMessage(3, LogLevel.Error, "A key that data need is not in the ring.")]
        public static partial void KeyMissing(ILogger logger, Exception missing);
    }
}
