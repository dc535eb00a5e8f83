using VoucherFunctions.Mail;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Lifecycle;

/// <summary>Sends what was just committed, a few at a time. A failure is left to the timer, which finds the same mail in the outbox.</summary>
public sealed partial class MailBackground(
    MailDispatcher dispatcher, OutboxDelivery outbox, AccountDeletedDelivery farewells, VoucherMetrics metrics, TimeProvider clock, ILogger<MailBackground> logger)
    : BackgroundService
{
    private const int AtOnce = 4;
    private const int FarewellAttempts = 60;
    private static readonly TimeSpan FarewellPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastSends = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendAllAsync(stoppingToken)));

    /// <summary>A process that is asked to stop sends what it has begun.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(dispatcher.WhenIdleAsync(), Task.Delay(LastSends, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    private async Task SendAllAsync(CancellationToken cancellation)
    {
        await foreach (var posted in dispatcher.ReadAllAsync(cancellation))
        {
            using var span = Spans.Continue(posted.TraceParent);
            try
            {
                await SendAsync(posted, cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                Log.LeftToTimer(logger, failure);
            }
            finally
            {
                dispatcher.Finished();
            }
        }
    }

    private async Task SendAsync(Posted posted, CancellationToken cancellation)
    {
        switch (posted)
        {
            case OutboxEntry entry:
                await outbox.DeliverAsync(entry.Voucher, entry.Mail, null, cancellation);
                break;
            case AccountDeletedMail farewell when await farewells.SendAsync(farewell, isRepeated: false, cancellation) is MailOutcome.Unavailable or MailOutcome.Deferred:
                _ = RepeatAsync(farewell, cancellation);
                break;
        }
    }

    /// <summary>Nothing of this person is stored any more, so the waiting is done here: a minute apart, for an hour.</summary>
    private async Task RepeatAsync(AccountDeletedMail farewell, CancellationToken cancellation)
    {
        try
        {
            for (var attempt = 1; attempt < FarewellAttempts; attempt++)
            {
                await Task.Delay(FarewellPause, clock, cancellation);
                if (await farewells.SendAsync(farewell, isRepeated: true, cancellation) is not (MailOutcome.Unavailable or MailOutcome.Deferred))
                {
                    return;
                }
            }
            Log.NoFarewell(logger, farewell.AccountId);
            metrics.MailGivenUp();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.LeftToTimer(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A mail could not be sent at once; the timer will.")]
        public static partial void LeftToTimer(ILogger logger, Exception failure);

        [LoggerMessage(2, LogLevel.Error, "The last mail to account {AccountId}, which was erased, was given up.")]
        public static partial void NoFarewell(ILogger logger, string accountId);
    }
}
