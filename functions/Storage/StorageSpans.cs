using Azure.Core;
using Azure.Core.Pipeline;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Storage;

/// <summary>A span for every request to the storage, repetitions too: the method and the table or container, never a key or a blob's name.</summary>
public sealed class StorageSpans : HttpPipelinePolicy
{
    private static readonly string[] Names = [.. StorageTables.Names, .. StorageBlobs.Names];

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The storage is called asynchronously.");

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        Spans.AreObserved ? ObserveAsync(message, pipeline) : ProcessNextAsync(message, pipeline);

    private static async ValueTask ObserveAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var span = Spans.Storage();
        if (span is not null)
        {
            Spans.DescribeStorage(span, message.Request.Method.Method, NameOf(message.Request.Uri.Path));
        }
        try
        {
            // Inside the SDK, whose code does not come back to its caller's scheduler either.
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception failure) when (span is not null)
        {
            span.SetTag("error.type", failure.GetType().Name).SetStatus(System.Diagnostics.ActivityStatusCode.Error);
            throw;
        }
        if (span is not null)
        {
            Spans.End(span, message.Response.Status);
        }
    }

    /// <summary>The first part of the path that is one of ours; a batch names its table in its body only.</summary>
    private static string NameOf(string? path)
    {
        foreach (var part in (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "$batch")
            {
                return "batch";
            }
            var table = part.Split('(', 2)[0];
            if (Array.Find(Names, name => table.EndsWith(name, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                return known;
            }
        }
        return "storage";
    }
}
