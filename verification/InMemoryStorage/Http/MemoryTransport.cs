using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.InMemoryStorage.Http;

/// <summary>
/// The end of an Azure SDK pipeline: requests go to a function instead of the network. Everything above it, retries included, is the real SDK.
/// </summary>
public sealed class MemoryTransport(Func<MemoryRequest, CancellationToken, ValueTask<MemoryResponse>> answer) : HttpPipelineTransport
{
    public MemoryTransport(Func<MemoryRequest, MemoryResponse> answer)
        : this((request, _) => ValueTask.FromResult(answer(request)))
    {
    }

    public override Request CreateRequest() => new MemoryRequest();

    public override void Process(HttpMessage message)
    {
        var answered = answer((MemoryRequest)message.Request, message.CancellationToken);
        message.Response = answered.IsCompleted ? answered.Result : throw new NotSupportedException("The answer is not there yet; call asynchronously.");
    }

    public override async ValueTask ProcessAsync(HttpMessage message) =>
        message.Response = await answer((MemoryRequest)message.Request, message.CancellationToken).ConfigureAwait(false);
}
