using NCrontab;
using VoucherFunctions.Hosting;

namespace VoucherFunctions.Local;

/// <summary>Runs the timers by their schedules, on the real clock: moving the local clock triggers none by itself.</summary>
public sealed partial class LocalTimers(IEnumerable<TimerFunction> timers, IServiceProvider services, ILogger<LocalTimers> logger) : BackgroundService
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    public TimerFunction? Find(string name) => timers.FirstOrDefault(timer => timer.Name == name);

    public Task<TimerReport> RunAsync(TimerFunction timer, CancellationToken cancellation) => timer.RunAsync(services, cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(timers.Select(timer => RunOnScheduleAsync(timer, stoppingToken)));

    private async Task RunOnScheduleAsync(TimerFunction timer, CancellationToken cancellation)
    {
        var schedule = CrontabSchedule.Parse(timer.Schedule, WithSeconds);
        while (true)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await Task.Delay(schedule.GetNextOccurrence(now) - now, cancellation);
            try
            {
                await RunAsync(timer, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                Log.Failed(logger, timer.Name, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Timer} failed; it runs again at its next time.")]
        public static partial void Failed(ILogger logger, string timer, Exception failure);
    }
}
