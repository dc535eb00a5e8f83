using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Keys;

/// <summary>
/// Beside the first requests, so that the start waits for no storage. A ring whose current key is not the one that its number stands for ends the process: every
/// account made under it would be lost once the mistake is mended.
/// </summary>
public sealed partial class KeyRingMonitorAtStart(KeyRingMonitor monitor, IHostApplicationLifetime lifetime, ILogger<KeyRingMonitorAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var check = await monitor.CheckAsync(stoppingToken);
            if (KeyRings.Names.Any(name => monitor.IsWrong(check, name)))
            {
                Log.Ends(logger);
                // Not in the middle of the start, which would end with an exception.
                lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            }
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Log.LeftToTimer(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The app ends rather than make data under a wrong key.")]
        public static partial void Ends(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The keys could not be checked at the start; the timer will.")]
        public static partial void LeftToTimer(ILogger logger, Exception failure);
    }
}
