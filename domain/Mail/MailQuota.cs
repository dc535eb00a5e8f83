namespace VoucherFunctions.Domain.Mail;

/// <summary>How many mails the mail service takes a minute and an hour; 0: not known.</summary>
public sealed record MailQuota(int PerMinute, int PerHour)
{
    /// <summary>So many mails are taken from the budget at once: one write for several mails where the quota is large.</summary>
    private const int PortionsAMinute = 60;

    private const int LongestWaitMinutes = 10;

    public bool IsKnown => PerMinute > 0 || PerHour > 0;

    public int Portion => Math.Max(1, (PerMinute > 0 ? PerMinute : PerHour / PortionsAMinute) / PortionsAMinute);

    /// <summary>The quota that lets the waiting mails leave within 10 minutes, beside those that it takes now. An hour of it is 60 minutes of it.</summary>
    public MailQuota For(int waiting)
    {
        var perMinute = (PerMinute > 0 ? PerMinute : PerHour / 60) + ((waiting + LongestWaitMinutes - 1) / LongestWaitMinutes);
        return new MailQuota(perMinute, perMinute * 60);
    }
}
