using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Lifecycle;

namespace VoucherFunctions.Hosting;

/// <summary>A timer as its job class declares it.</summary>
/// <param name="Name">The function's name, from <c>[Function]</c>.</param>
/// <param name="Schedule">NCRONTAB with seconds, UTC, from <c>[TimerTrigger]</c>.</param>
/// <param name="EntryPoint">The method as the Functions host names it.</param>
public sealed record TimerFunction(string Name, string Schedule, string EntryPoint, Type Job)
{
    public static TimerFunction Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] TJob>()
        where TJob : ITimerJob
    {
        var method = typeof(TJob).GetMethod(nameof(ITimerJob.RunAsync))!;
        var function = method.GetCustomAttribute<FunctionAttribute>() ?? throw new InvalidOperationException($"{typeof(TJob)} has no [Function].");
        var trigger = method.GetParameters()[0].GetCustomAttribute<TimerTriggerAttribute>() ?? throw new InvalidOperationException($"{typeof(TJob)} has no [TimerTrigger].");
        return new TimerFunction(function.Name, trigger.Schedule, $"{typeof(TJob).FullName}.{method.Name}", typeof(TJob));
    }

    /// <summary>Runs the job once, on behalf of a host.</summary>
    public async Task<TimerReport> RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var report = await ((ITimerJob)services.GetRequiredService(Job)).RunAsync(new TimerInfo(), cancellation);
        return new TimerReport(report.Due, report.Done, report.OldestOverdue.ToString("c"));
    }
}

/// <summary>A <see cref="SweepReport"/> as JSON.</summary>
public sealed record TimerReport(int Due, int Done, string OldestOverdue);

public static class TimerFunctions
{
    public static IServiceCollection AddTimer<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods)] TJob>(this IServiceCollection services)
        where TJob : class, ITimerJob => services
            .AddSingleton<TJob>()
            .AddSingleton(_ => TimerFunction.Of<TJob>());
}
