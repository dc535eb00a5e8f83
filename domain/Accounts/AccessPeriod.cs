using NodaTime;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// The 90 days of an account: through 23:59:59 Europe/Zurich of the 90th day after the day on which the code was
/// entered. Uses NodaTime's own time-zone data, so that it does not depend on the host's.
/// </summary>
public static class AccessPeriod
{
    public const int Days = 90;
    private static readonly DateTimeZone Zurich = DateTimeZoneProviders.Tzdb["Europe/Zurich"];

    /// <summary>The first instant without access: the midnight in Zurich that ends the 90th day after the day of entry.</summary>
    public static DateTimeOffset Until(DateTimeOffset enteredAt) => StartOfDay(DayOf(enteredAt).PlusDays(Days + 1));

    /// <summary>Whole calendar days in Zurich after today: 90 on the day of entry, 0 on the last day; negative afterwards.</summary>
    public static int DaysLeft(DateTimeOffset accessUntil, DateTimeOffset now) =>
        Period.DaysBetween(DayOf(now), LastDay(accessUntil));

    /// <summary>The first instant of the day in Zurich on which <paramref name="daysLeft"/> days are left.</summary>
    public static DateTimeOffset DayWithDaysLeft(DateTimeOffset accessUntil, int daysLeft) =>
        StartOfDay(LastDay(accessUntil).PlusDays(-daysLeft));

    /// <summary>A time of the day on which <paramref name="daysLeft"/> days are left, as a clock in Switzerland shows it.</summary>
    public static DateTimeOffset OnDayWithDaysLeft(DateTimeOffset accessUntil, int daysLeft, TimeSpan timeOfDay) =>
        Zurich.AtLeniently(LastDay(accessUntil).PlusDays(-daysLeft).AtMidnight().PlusTicks(timeOfDay.Ticks)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>
    /// The instant by which everything must be gone: one year after the access ended. A midnight in Zurich unless the
    /// change of the clock falls between the two dates, in which case it is never later than the year.
    /// </summary>
    public static DateTimeOffset DeletedAtLatest(DateTimeOffset accessUntil)
    {
        var midnight = StartOfDay(DayOf(accessUntil).PlusYears(1));
        var year = accessUntil.AddYears(1);
        return midnight < year ? midnight : year;
    }

    private static LocalDate LastDay(DateTimeOffset accessUntil) => DayOf(accessUntil).PlusDays(-1);

    private static LocalDate DayOf(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zurich).Date;

    private static DateTimeOffset StartOfDay(LocalDate day) => Zurich.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime();
}
