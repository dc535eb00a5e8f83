using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>While it is away, some requests to the storage find nobody there, however often the SDK asks. To be added per retry.</summary>
public sealed class UnreachableStorage(Predicate<Request> which) : HttpPipelineSynchronousPolicy
{
    private int _tries;

    public bool IsAway { get; set; }

    public int Tries => _tries;

    public override void OnSendingRequest(HttpMessage message)
    {
        if (IsAway && which(message.Request))
        {
            Interlocked.Increment(ref _tries);
            throw new IOException("Nobody answers.");
        }
    }
}
