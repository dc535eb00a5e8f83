using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using VoucherFunctions.Worker.Tests.Host.Rpc;

namespace VoucherFunctions.Worker.Tests.Host;

/// <summary>The conversation with one worker: initialise, list the functions, load them, invoke them. The order is that of the real host.</summary>
/// <param name="folder">The unpacked package.</param>
public sealed class WorkerChannel(string folder)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly TaskCompletionSource _initialised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new();
    private readonly StringBuilder _log = new();
    private int _waiting;

    public ChannelReader<StreamingMessage> Outgoing => _outgoing.Reader;

    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions { get; private set; } = new Dictionary<string, RpcFunctionMetadata>();

    public Uri HttpUri { get; private set; } = new("http://unknown");

    /// <summary>Ends when the worker has told its address and loaded every function that it listed.</summary>
    public Task Loaded => Task.WhenAll(_initialised.Task, _loaded.Task);

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Invokes a function and waits for its response.</summary>
    public async Task<InvocationResponse> InvokeAsync(string function, InvocationRequest request, CancellationToken disconnected = default)
    {
        request.FunctionId = Functions[function].FunctionId;
        request.InvocationId = request.InvocationId.Length > 0 ? request.InvocationId : Guid.NewGuid().ToString();
        var response = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[request.InvocationId] = response;
        Send(new StreamingMessage { InvocationRequest = request });
        await using var cancel = disconnected.Register(() => Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
        return await response.Task;
    }

    /// <summary>Cancels every invocation that is under way; the requests themselves go on.</summary>
    public void CancelInvocations()
    {
        foreach (var id in _invocations.Keys)
        {
            Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = id } });
        }
    }

    public void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                // Both at once, so that the functions are asked for as early as they can be.
                Send(new StreamingMessage { WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.1037.0", WorkerDirectory = folder, FunctionAppDirectory = folder } });
                Send(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder } });
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                HttpUri = new Uri(message.WorkerInitResponse.Capabilities["HttpUri"]);
                _initialised.SetResult();
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                Load(message.FunctionMetadataResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                CountLoaded(message.FunctionLoadResponse);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                _invocations.TryRemove(message.InvocationResponse.InvocationId, out var waiting);
                waiting?.TrySetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Append(message.RpcLog);
                break;
        }
    }

    /// <summary>The worker is gone: nothing that waits for it will be answered.</summary>
    public void Close()
    {
        _loaded.TrySetException(new InvalidOperationException("The worker ended before it had loaded its functions."));
        foreach (var waiting in _invocations.Values)
        {
            waiting.TrySetException(new InvalidOperationException("The worker ended before it answered the invocation."));
        }
    }

    private void Load(FunctionMetadataResponse response)
    {
        if (response.Result.Status != StatusResult.Types.Status.Success)
        {
            _loaded.SetException(new InvalidOperationException(response.Result.Exception?.Message));
            return;
        }
        Functions = response.FunctionMetadataResults.ToDictionary(function => function.Name);
        _waiting = Functions.Count;
        foreach (var function in Functions.Values.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            function.Directory = folder;
            Send(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } });
        }
    }

    private void CountLoaded(FunctionLoadResponse response)
    {
        if (response.Result.Status != StatusResult.Types.Status.Success)
        {
            _loaded.TrySetException(new InvalidOperationException(response.Result.Exception?.Message));
        }
        else if (Interlocked.Decrement(ref _waiting) == 0)
        {
            _loaded.TrySetResult();
        }
    }

    private void Append(RpcLog line)
    {
        lock (_log)
        {
            _log.AppendLine($"{line.Level}: {line.Category}: {line.Message} {line.Exception?.Message}{line.Exception?.StackTrace}");
        }
    }
}
