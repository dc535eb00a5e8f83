using System.Diagnostics;
using VoucherFunctions.Domain.Mail;

namespace VoucherFunctions.Telemetry;

/// <summary>The app's own spans; docs/telemetry.md lists them. None holds a key, an address or a name.</summary>
public static class Spans
{
    public const string SourceName = "VoucherFunctions";
    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Where we are, to go on from there later or elsewhere; null while nothing is recorded.</summary>
    public static string? Here => Activity.Current is { Recorded: true } current ? current.Id : null;

    /// <summary>Work in the background that a request left behind.</summary>
    public static Activity? Continue(string? from) =>
        Source.StartActivity("background", ActivityKind.Internal, ParentOf(from));

    /// <summary>A run of a timer that the host started over gRPC.</summary>
    /// <param name="from">The host's traceparent; null or empty: the host records nothing.</param>
    public static Activity? Timer(string name, string? from)
    {
        var span = Source.StartActivity("timer", ActivityKind.Internal, ParentOf(from));
        if (span is not null)
        {
            span.DisplayName = $"timer {name}";
        }
        return span;
    }

    /// <summary>False while nobody listens: no span is started then.</summary>
    public static bool AreObserved => Source.HasListeners();

    /// <summary>One request to a storage service.</summary>
    public static Activity? Storage() => Source.StartActivity("storage", ActivityKind.Client);

    /// <summary>What of it may be told. Apart from its start, so that nobody works a name out while nothing is recorded.</summary>
    /// <param name="name">The table or container.</param>
    public static void DescribeStorage(Activity span, string method, string name)
    {
        span.DisplayName = $"{method} {name}";
        span.SetTag("http.request.method", method);
        span.SetTag("storage.name", name);
    }

    /// <summary>The way of one mail to the mail service, in the trace of the request that wanted it; a timer that takes it there is linked.</summary>
    /// <param name="from">Where it was wanted.</param>
    public static Activity? Mail(MailTemplate template, int attempt, string? from)
    {
        var wanted = ParentOf(from);
        var isElsewhere = Activity.Current is { } current && wanted != default && current.TraceId != wanted.TraceId;
        var span = isElsewhere
            ? Source.StartActivity("mail", ActivityKind.Client, wanted, links: [new ActivityLink(Activity.Current!.Context)])
            : Source.StartActivity("mail", ActivityKind.Client);
        if (span is not null)
        {
            span.DisplayName = $"mail {template}";
            span.SetTag("mail.template", template.ToString());
            span.SetTag("mail.attempt", attempt);
        }
        return span;
    }

    /// <summary>To the span of the mail that is being sent.</summary>
    public static void MailEnded(string outcome)
    {
        if (Activity.Current is { Source.Name: SourceName } span)
        {
            span.SetTag("mail.outcome", outcome);
        }
    }

    /// <summary>What of a request may be told: its route, never its path.</summary>
    public static void Describe(Activity request, string method, string? route, int status)
    {
        request.DisplayName = route is null ? method : $"{method} {route}";
        request.SetTag("http.request.method", method);
        request.SetTag("http.route", route);
        End(request, status);
    }

    /// <summary>The end of a request of ours or to us.</summary>
    public static void End(Activity request, int status)
    {
        request.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            request.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static ActivityContext ParentOf(string? from) => ActivityContext.TryParse(from, null, out var parent) ? parent : default;
}
