using System.Diagnostics.CodeAnalysis;
using VoucherFunctions.Lifecycle;

namespace VoucherFunctions.Hosting;

/// <summary>A timer: its function's name, its schedule (NCRONTAB with seconds, UTC) and its job.</summary>
public sealed record TimerFunction(string Name, string Schedule, Type Job);

/// <summary>
/// What the Functions host must be told after a timer: a non-empty JSON body, or the invocation hangs until its timeout.
/// <see cref="Logs"/> shows in the host's log.
/// </summary>
public sealed record TimerAnswer(TimerOutputs Outputs, IReadOnlyList<string> Logs, TimerReport ReturnValue);

public sealed record TimerOutputs;

public sealed record TimerReport(int Due, int Done, string OldestOverdue);

public static class TimerFunctions
{
    /// <summary>Declares a timer. Any host may call it: this one over HTTP, another by resolving the job.</summary>
    public static IServiceCollection AddTimer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJob>(this IServiceCollection services, string schedule)
        where TJob : class, ITimerJob => services
            .AddSingleton<TJob>()
            .AddSingleton(new TimerFunction(typeof(TJob).Name, schedule, typeof(TJob)));

    /// <summary>
    /// The custom handler's side: the host posts to <c>/{FunctionName}</c>, a path that no request from outside can have, since theirs begin with <c>/api/</c>.
    /// </summary>
    public static void MapTimers(this IEndpointRouteBuilder routes)
    {
        foreach (var timer in routes.ServiceProvider.GetServices<TimerFunction>())
        {
            routes.MapPost($"/{timer.Name}", (RequestDelegate)(http => RunAsync(timer, http))).WithMetadata(timer).ExcludeFromDescription();
        }
    }

    private static async Task RunAsync(TimerFunction timer, HttpContext http)
    {
        var job = (ITimerJob)http.RequestServices.GetRequiredService(timer.Job);
        var report = await job.RunAsync(http.RequestAborted);
        var line = $"{timer.Name}: due {report.Due}, done {report.Done}, oldest overdue {report.OldestOverdue:c}";
        var answer = new TimerAnswer(new TimerOutputs(), [line], new TimerReport(report.Due, report.Done, report.OldestOverdue.ToString("c")));
        await http.Response.WriteAsJsonAsync(answer, AppJson.Default.TimerAnswer, cancellationToken: http.RequestAborted);
    }
}
