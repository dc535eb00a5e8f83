using System.Globalization;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>How often, and when last.</summary>
public sealed record Attempts(int Count, DateTimeOffset? LastAt)
{
    public static readonly Attempts None = new(0, null);

    /// <summary>The time does not go back, whosever clock it was.</summary>
    public Attempts OneMore(DateTimeOffset now) => new(Count + 1, Instants.NotBefore(LastAt, now));

    /// <summary><c>count@ticks</c>; empty when there is none.</summary>
    public string ToText() => LastAt is { } last ? string.Create(CultureInfo.InvariantCulture, $"{Count}@{last.UtcTicks}") : "";

    /// <summary>Takes a stored value back.</summary>
    public static Attempts FromStored(string? text) => (text ?? "").Split('@') is [var count, var ticks]
        ? new Attempts(int.Parse(count, CultureInfo.InvariantCulture), new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero))
        : None;
}
