using NodaTime;

namespace VoucherFunctions.Mail.Texts;

internal static class SwissTime
{
    private static readonly DateTimeZone Zurich = DateTimeZoneProviders.Tzdb["Europe/Zurich"];

    public static ZonedDateTime At(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zurich);

    /// <summary>The last minute of a day; the clocks never change near it.</summary>
    public static ZonedDateTime EndOf(LocalDate day) => Zurich.AtStrictly(day.At(new LocalTime(23, 59)));

    /// <summary>The last day that lies before the instant: a midnight belongs to the day it ends.</summary>
    public static LocalDate DayEndedBy(DateTimeOffset instant) => At(instant.AddTicks(-1)).Date;

    /// <summary>Whether the clock shows this time twice, as it does for one hour in October.</summary>
    public static bool IsShownTwice(ZonedDateTime moment) => Zurich.MapLocal(moment.LocalDateTime).Count == 2;

    public static bool IsSummer(ZonedDateTime moment) => moment.Offset == Offset.FromHours(2);
}
