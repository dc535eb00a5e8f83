using System.Globalization;
using NodaTime;
using VoucherFunctions.Domain;

namespace VoucherFunctions;

/// <summary>
/// Dates and times for people, in one language and in Swiss time. Mails and sheets get theirs here; the website writes the same in site/js/format.js, and
/// tests/Functions.Tests/Field/dates.tsv holds both. Names are written out, because the app runs without culture data. No-break spaces are written \u00A0, so that they can be seen.
/// </summary>
public sealed class SwissDates
{
    private static readonly DateTimeZone Zurich = DateTimeZoneProviders.Tzdb["Europe/Zurich"];

    private static readonly SwissDates French = new(new Words
    {
        Weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        Months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        FirstDay = "1er",
        ShortDate = "{0} {1} {2}",
        LongDate = "{0} {1}",
        Time = "{0}\u00A0h\u00A0{1:00}",
        DateAndTime = "{0} à {1} ({2})",
        Clock = "heure suisse",
        SummerClock = "heure d’été suisse",
        WinterClock = "heure d’hiver suisse",
    });

    private static readonly SwissDates German = new(new Words
    {
        Weekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
        Months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        FirstDay = "1",
        ShortDate = "{0}. {1} {2}",
        LongDate = "{0}, {1}",
        Time = "{0}.{1:00} Uhr",
        DateAndTime = "{0}, {1} ({2})",
        Clock = "Schweizer Zeit",
        SummerClock = "Schweizer Sommerzeit",
        WinterClock = "Schweizer Winterzeit",
    });

    /// <summary>The Federal Chancellery writes 1° gennaio. "ore 14:05" avoids the article, which changes with the hour.</summary>
    private static readonly SwissDates Italian = new(new Words
    {
        Weekdays = ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
        Months = ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
        FirstDay = "1°",
        ShortDate = "{0} {1} {2}",
        LongDate = "{0} {1}",
        Time = "{0:00}:{1:00}",
        DateAndTime = "{0}, ore {1} ({2})",
        Clock = "ora svizzera",
        SummerClock = "ora estiva svizzera",
        WinterClock = "ora invernale svizzera",
    });

    private static readonly SwissDates English = new(new Words
    {
        Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        FirstDay = "1",
        ShortDate = "{0} {1} {2}",
        LongDate = "{0} {1}",
        Time = "{0:00}:{1:00}",
        DateAndTime = "{0}, {1} ({2})",
        Clock = "Swiss time",
        SummerClock = "Swiss summer time",
        WinterClock = "Swiss winter time",
    });

    private readonly Words _words;

    private SwissDates(Words words) => _words = words;

    public static SwissDates In(Language language) => language switch
    {
        Language.De => German,
        Language.It => Italian,
        Language.En => English,
        _ => French,
    };

    public string ShortDate(DateTimeOffset instant)
    {
        var date = At(instant).Date;
        return Fill(_words.ShortDate, date.Day == 1 ? _words.FirstDay : date.Day, _words.Months[date.Month - 1], date.Year);
    }

    public string LongDate(DateTimeOffset instant) => Fill(_words.LongDate, _words.Weekdays[(int)At(instant).DayOfWeek - 1], ShortDate(instant));

    /// <summary>To the minute, and never later than the instant.</summary>
    public string Time(DateTimeOffset instant)
    {
        var time = At(instant).TimeOfDay;
        return Fill(_words.Time, time.Hour, time.Minute);
    }

    /// <summary>Date, time and whose time, as they follow a preposition.</summary>
    public string DateAndTime(DateTimeOffset instant) => Fill(_words.DateAndTime, LongDate(instant), Time(instant), Clock(At(instant)));

    /// <summary>The day that a midnight ends: access and data last through it.</summary>
    public string LastDay(DateTimeOffset midnight) => LongDate(LastMoment(midnight));

    /// <summary>The last minute of <see cref="LastDay"/>.</summary>
    public string LastMinute(DateTimeOffset midnight) => DateAndTime(LastMoment(midnight));

    private static DateTimeOffset LastMoment(DateTimeOffset midnight) => midnight.AddTicks(-1);

    private static ZonedDateTime At(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zurich);

    /// <summary>In October the clock shows one hour twice: then the name says which of the two is meant.</summary>
    private string Clock(ZonedDateTime moment) =>
        Zurich.MapLocal(moment.LocalDateTime).Count == 1 ? _words.Clock
        : moment.IsDaylightSavingTime() ? _words.SummerClock
        : _words.WinterClock;

    private static string Fill(string form, params object[] values) => string.Format(CultureInfo.InvariantCulture, form, values);

    private sealed record Words
    {
        /// <summary>Monday first.</summary>
        public required string[] Weekdays { get; init; }

        public required string[] Months { get; init; }

        /// <summary>The first day of a month.</summary>
        public required string FirstDay { get; init; }

        /// <summary>{0} day, {1} month, {2} year.</summary>
        public required string ShortDate { get; init; }

        /// <summary>{0} weekday, {1} short date.</summary>
        public required string LongDate { get; init; }

        /// <summary>{0} hour, {1} minute.</summary>
        public required string Time { get; init; }

        /// <summary>{0} long date, {1} time, {2} whose time.</summary>
        public required string DateAndTime { get; init; }

        public required string Clock { get; init; }

        public required string SummerClock { get; init; }

        public required string WinterClock { get; init; }
    }
}
