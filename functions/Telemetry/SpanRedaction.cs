using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace VoucherFunctions.Telemetry;

/// <summary>
/// Lets out of a span what is listed here and nothing else, whoever wrote it: no URL, address or agent of a caller, no word of an exception.
/// </summary>
public sealed class SpanRedaction : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Attributes = new[]
    {
        "http.request.method", "http.response.status_code", "http.route", "error.type", "storage.name", "mail.template", "mail.attempt", "mail.outcome",
    }.ToFrozenSet();

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.Where(tag => !Attributes.Contains(tag.Key)).ToList())
        {
            data.SetTag(name, null);
        }
        // The caller's.
        data.TraceStateString = null;
        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
        // An event cannot be taken out, and nobody here writes one: a span that has one all the same is not exported.
        if (data.Events.Any())
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
