using System.Collections.Concurrent;
using VoucherFunctions.Http;

namespace VoucherFunctions.Hosting.Worker;

/// <summary>
/// Joins the two messages that the host sends for one HTTP request at the same time: the invocation (gRPC) and the request itself (HTTP). Both carry the invocation's id.
/// </summary>
public sealed class HttpInvocations(TimeProvider clock)
{
    public const string IdHeader = "x-ms-invocation-id";

    /// <summary>The longest wait of one message for the other.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Invocation> _open = new(StringComparer.Ordinal);

    /// <summary>How many invocations and requests are under way or wait for each other.</summary>
    public int Open => _open.Count;

    /// <summary>The invocation's side: lasts as long as the request. Its cancellation, as after a client's disconnect, aborts the request.</summary>
    public async Task ExecuteAsync(string id, OriginalRequest original, CancellationToken cancellation)
    {
        if (original.HasInvocationId)
        {
            // The request carries the client's id, so it can never be joined to this invocation.
            return;
        }
        var invocation = _open.GetOrAdd(id, _ => new Invocation());
        try
        {
            invocation.Announced.SetResult((original, cancellation));
            // A cancellation ends the request, not this wait for it.
            await invocation.Taken.Task.WaitAsync(Longest, clock, CancellationToken.None);
            await invocation.Ended.Task;
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    /// <summary>The request's side: waits for its invocation, and goes on with an unknown client when there is none.</summary>
    public async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        var id = http.Request.Headers[IdHeader].ToString();
        var invocation = id.Length > 0 ? _open.GetOrAdd(id, _ => new Invocation()) : null;
        if (invocation is null || !invocation.Taken.TrySetResult())
        {
            http.Features.Set<IForwardedFor>(OriginalRequest.Unknown);
            await next(http);
            return;
        }
        try
        {
            var (original, cancellation) = await AnnouncedAsync(id, invocation, http.RequestAborted);
            http.Features.Set<IForwardedFor>(original);
            // Ends before the request does: the server uses the same context for the next request of the connection.
            await using var abort = cancellation.Register(http.Abort);
            await next(http);
        }
        finally
        {
            invocation.Ended.SetResult();
        }
    }

    private async Task<(OriginalRequest Original, CancellationToken Cancellation)> AnnouncedAsync(string id, Invocation invocation, CancellationToken aborted)
    {
        try
        {
            return await invocation.Announced.Task.WaitAsync(Longest, clock, aborted);
        }
        catch (Exception missing) when (missing is TimeoutException or OperationCanceledException)
        {
            _open.TryRemove(KeyValuePair.Create(id, invocation));
            return (OriginalRequest.Unknown, CancellationToken.None);
        }
    }

    private sealed class Invocation
    {
        public TaskCompletionSource<(OriginalRequest Original, CancellationToken Cancellation)> Announced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
