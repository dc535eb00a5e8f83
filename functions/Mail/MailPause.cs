namespace VoucherFunctions.Mail;

/// <summary>Until when the mail service asked to be left alone (Retry-After). In the instance's memory.</summary>
public sealed class MailPause
{
    private long _untilTicks;

    public bool IsOn(DateTimeOffset now) => now.UtcTicks < Interlocked.Read(ref _untilTicks);

    public void Until(DateTimeOffset? until)
    {
        if (until is { } instant)
        {
            Interlocked.Exchange(ref _untilTicks, instant.UtcTicks);
        }
    }
}
