using Azure.Core;
using Azure.Core.Pipeline;

namespace VoucherFunctions.Testing;

/// <summary>Once switched on, the storage does every write that it is asked for, and the first answer to it is lost. To be added per retry.</summary>
public sealed class LosingAnswers : HttpPipelineSynchronousPolicy
{
    private const string Mark = nameof(LosingAnswers);
    private int _lost;

    public bool IsLosing { get; set; }

    public int Lost => _lost;

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (IsLosing && message.Request.Method != RequestMethod.Get && !message.TryGetProperty(Mark, out _))
        {
            message.SetProperty(Mark, true);
            Interlocked.Increment(ref _lost);
            throw new IOException("The answer was lost.");
        }
    }
}

public static class HurryExtensions
{
    /// <summary>The SDK asks again at once.</summary>
    public static T Hurry<T>(this T options) where T : ClientOptions
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return options;
    }
}
