using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>A storage that can be switched off; to be added to <see cref="TestAppOptions.Tables"/> and <see cref="TestAppOptions.Blobs"/>.</summary>
public sealed class BrokenStorage : HttpPipelineSynchronousPolicy
{
    public bool IsBroken { get; set; }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (IsBroken)
        {
            throw new RequestFailedException(503, "The storage is switched off.");
        }
    }
}
