using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Benchmarks.Cost;

/// <summary>What went to the storage: calls, and as many as they would be if each row took one of its own.</summary>
internal readonly record struct Calls(int Made, int RowByRow)
{
    public static Calls operator +(Calls a, Calls b) => new(a.Made + b.Made, a.RowByRow + b.RowByRow);

    public static Calls operator -(Calls a, Calls b) => new(a.Made - b.Made, a.RowByRow - b.RowByRow);

    public static Calls operator *(Calls calls, int times) => new(calls.Made * times, calls.RowByRow * times);
}

/// <summary>Counts every call of an app, those in the background included, as the tests do for a request.</summary>
internal sealed class StorageTally : HttpPipelinePolicy
{
    private static readonly string[] Changes = ["\nPOST ", "\nPUT ", "\nDELETE ", "\nMERGE "];
    private readonly Lock _lock = new();
    private Calls _calls;

    public Calls Sum
    {
        get
        {
            lock (_lock)
            {
                return _calls;
            }
        }
    }

    /// <summary>What this made.</summary>
    public async Task<Calls> OfAsync(Func<Task> act)
    {
        var before = Sum;
        await act();
        return Sum - before;
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        var rows = await RowsAsync(message);
        lock (_lock)
        {
            _calls += new Calls(1, Math.Max(1, rows));
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The app waits for nothing.");

    private static async Task<int> RowsAsync(HttpMessage message)
    {
        if (message.Request.Uri.Path.EndsWith("/$batch", StringComparison.Ordinal))
        {
            using var body = new MemoryStream();
            await message.Request.Content!.WriteToAsync(body, message.CancellationToken);
            var text = Encoding.UTF8.GetString(body.ToArray());
            return Changes.Sum(change => Count(text, change));
        }
        return message.Request.Method == RequestMethod.Get && message.Request.Uri.Path.EndsWith("()", StringComparison.Ordinal)
            ? Count(message.Response.Content.ToString(), "\"RowKey\":")
            : 1;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
