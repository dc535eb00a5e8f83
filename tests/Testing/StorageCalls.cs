using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>Records the storage calls that a request makes before it is answered; what the background does is not counted.</summary>
public sealed class StorageCalls : HttpPipelineSynchronousPolicy
{
    private readonly AsyncLocal<List<string>?> _current = new();

    /// <summary>The calls of the last request that was recorded, as <c>METHOD path</c>.</summary>
    public IReadOnlyList<string> OfLastRequest { get; private set; } = [];

    /// <summary>All writes (anything but GET) of requests so far.</summary>
    public int Writes { get; private set; }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (_current.Value is { } calls)
        {
            lock (calls)
            {
                calls.Add($"{message.Request.Method.Method} {message.Request.Uri.ToUri().PathAndQuery}");
                Writes += message.Request.Method == RequestMethod.Get ? 0 : 1;
            }
        }
    }

    /// <summary>Runs one request with its calls recorded.</summary>
    public async Task RecordAsync(Func<Task> request)
    {
        var calls = new List<string>();
        _current.Value = calls;
        await request();
        OfLastRequest = calls;
    }
}
