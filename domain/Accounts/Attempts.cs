namespace VoucherFunctions.Domain.Accounts;

/// <summary>How often, and when last.</summary>
public sealed record Attempts(int Count, DateTimeOffset? LastAt)
{
    /// <summary>The time does not go back, whosever clock it was.</summary>
    public Attempts OneMore(DateTimeOffset now) => new(Count + 1, Instants.NotBefore(LastAt, now));
}
