using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>Holds the first storage call of a kind back while something else happens: what a slow host and bad luck do.</summary>
public sealed class Interruption(RequestMethod method, string table, Func<Task> meanwhile) : HttpPipelinePolicy
{
    private int _happened;

    public bool HasHappened => _happened != 0;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Method == method
            && message.Request.Uri.Path.Contains(table, StringComparison.Ordinal)
            && Interlocked.Exchange(ref _happened, 1) == 0)
        {
            await meanwhile();
        }
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The app waits for nothing.");
}
