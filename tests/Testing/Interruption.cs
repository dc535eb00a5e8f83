using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>Holds a storage call of a kind, the first unless said otherwise, back while something else happens: what a slow host and bad luck do.</summary>
public sealed class Interruption(RequestMethod method, string table, Func<Task> meanwhile, int at = 1) : HttpPipelinePolicy
{
    private int _seen;

    /// <summary>Counts nothing until then.</summary>
    public bool IsArmed { get; set; } = true;

    public bool HasHappened => _seen >= at;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (IsArmed
            && message.Request.Method == method
            && message.Request.Uri.Path.Contains(table, StringComparison.Ordinal)
            && Interlocked.Increment(ref _seen) == at)
        {
            await meanwhile();
        }
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The app waits for nothing.");
}
