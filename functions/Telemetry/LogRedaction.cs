using OpenTelemetry;
using OpenTelemetry.Logs;

namespace VoucherFunctions.Telemetry;

/// <summary>
/// An exception leaves as its types and where it was thrown. Its message stays: a library may quote in it what it was given. The whole of it is on standard error.
/// </summary>
public sealed class LogRedaction : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception)
        {
            return;
        }
        data.Exception = null;
        data.Attributes =
        [
            .. data.Attributes ?? [],
            new("exception.type", string.Join(" < ", Chain(exception).Select(each => each.GetType().FullName))),
            new("exception.stacktrace", string.Join("\n", Chain(exception).Select(each => each.StackTrace))),
        ];
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var each = exception; each is not null; each = each.InnerException)
        {
            yield return each;
        }
    }
}
