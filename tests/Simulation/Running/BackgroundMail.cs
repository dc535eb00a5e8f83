using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Mail;

namespace VoucherFunctions.Simulation.Running;

/// <summary>What <see cref="MailBackground"/> does with one thing that was posted, as an actor of its own.</summary>
public static class BackgroundMail
{
    public static async Task<Reply> SendAsync(Host host, Posted posted)
    {
        var delivery = host.Services.GetRequiredService<MailDelivery>();
        try
        {
            if (posted is OutboxEntry entry)
            {
                await delivery.DeliverAsync(entry.Voucher, entry.Mail, null, CancellationToken.None);
            }
            else if (posted is Farewell farewell)
            {
                await delivery.SendAsync(farewell, isRepeated: false, CancellationToken.None);
            }
            return new Reply(200, null, null, null);
        }
        catch (Exception failure) when (failure is not InvalidOperationException)
        {
            return new Reply(503, "left-to-timer", null, null);
        }
    }
}
