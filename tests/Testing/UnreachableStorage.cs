using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>Once switched on, some requests to the storage find nobody there, however often the SDK asks. To be added per retry.</summary>
public sealed class UnreachableStorage(Predicate<Request> which) : HttpPipelineSynchronousPolicy
{
    public bool IsOn { get; set; }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (IsOn && which(message.Request))
        {
            throw new IOException("Nobody answers.");
        }
    }
}
