using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Simulation.Running;

/// <summary>What <see cref="MailBackground"/> does with one thing that was posted, as an actor of its own.</summary>
public static class BackgroundMail
{
    public static async Task<Reply> SendAsync(Host host, Posted posted)
    {
        try
        {
            if (posted is OutboxEntry entry)
            {
                await host.Services.GetRequiredService<OutboxDelivery>().DeliverAsync(entry.Voucher, entry.Mail, null, CancellationToken.None);
            }
            else if (posted is AccountDeletedMail farewell)
            {
                await host.Services.GetRequiredService<AccountDeletedDelivery>().SendAsync(farewell, isRepeated: false, CancellationToken.None);
            }
            return new Reply(200, null, null, null);
        }
        catch (Exception failure) when (failure is not InvalidOperationException)
        {
            return new Reply(503, "left-to-timer", null, null);
        }
    }
}
