namespace VoucherFunctions.Mail;

/// <summary>Until when the mail service asked to be left alone (Retry-After), by the latest of such answers. In the instance's memory.</summary>
public sealed class MailPause
{
    private long _untilTicks;

    public bool IsOn(DateTimeOffset now) => now.UtcTicks < Interlocked.Read(ref _untilTicks);

    public void Until(DateTimeOffset until)
    {
        var wanted = until.UtcTicks;
        var known = Interlocked.Read(ref _untilTicks);
        while (wanted > known)
        {
            var found = Interlocked.CompareExchange(ref _untilTicks, wanted, known);
            if (found == known)
            {
                return;
            }
            known = found;
        }
    }
}
