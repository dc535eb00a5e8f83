using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>Records the storage calls that a request makes before it is answered; what the background does is not counted.</summary>
public sealed class StorageCalls : HttpPipelineSynchronousPolicy
{
    private readonly AsyncLocal<List<string>?> _current = new();

    /// <summary>The calls of the last request that was recorded, as <c>METHOD path</c>.</summary>
    public IReadOnlyList<string> OfLastRequest { get; private set; } = [];

    /// <summary>All writes (anything but GET and HEAD) of requests so far.</summary>
    public int Writes { get; private set; }

    /// <summary>Before each call of a request, with its number from 1: throws as if the process died there.</summary>
    public Action<int>? Before { get; set; }

    /// <summary>After each call of a request, with its number from 1: throws as if the process died when the call was done.</summary>
    public Action<int>? After { get; set; }

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.TryGetProperty(nameof(StorageCalls), out var number))
        {
            After?.Invoke((int)number!);
        }
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (_current.Value is { } calls)
        {
            var number = Record(message, calls);
            message.SetProperty(nameof(StorageCalls), number);
            Before?.Invoke(number);
        }
    }

    /// <summary>Runs one request with its calls recorded.</summary>
    public async Task RecordAsync(Func<Task> request)
    {
        var calls = new List<string>();
        _current.Value = calls;
        // Before it runs: the client has a streamed answer sooner than its request ends here.
        OfLastRequest = calls;
        await request();
    }

    private int Record(HttpMessage message, List<string> calls)
    {
        lock (calls)
        {
            calls.Add($"{message.Request.Method.Method} {message.Request.Uri.ToUri().PathAndQuery}");
            Writes += message.Request.Method == RequestMethod.Get || message.Request.Method == RequestMethod.Head ? 0 : 1;
            return calls.Count;
        }
    }
}
