using System.Globalization;
using VoucherFunctions.Domain.Accounts;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>Expected instants were worked out by hand and by another time-zone library (Python's zoneinfo), not by the one the app uses.</summary>
public sealed class AccessPeriodTests
{
    [Theory]
    [InlineData("2026-11-21T23:00:00Z", "2027-02-20T23:00:00Z", "entered at 00:00:00")]
    [InlineData("2026-11-22T10:00:00Z", "2027-02-20T23:00:00Z", "entered at noon of the same day")]
    [InlineData("2026-11-22T22:59:59Z", "2027-02-20T23:00:00Z", "entered at 23:59:59 of the same day")]
    [InlineData("2026-11-22T23:00:00Z", "2027-02-21T23:00:00Z", "a second later")]
    [InlineData("2027-01-15T11:00:00Z", "2027-04-15T22:00:00Z", "summer time begins in between")]
    [InlineData("2026-12-27T11:00:00Z", "2027-03-27T23:00:00Z", "the last day is the one before summer time")]
    [InlineData("2026-12-28T11:00:00Z", "2027-03-28T22:00:00Z", "the last day has 23 hours")]
    [InlineData("2027-03-27T23:00:00Z", "2027-06-26T22:00:00Z", "entered at 00:00:00 of a day of 23 hours")]
    [InlineData("2027-03-28T21:59:59Z", "2027-06-26T22:00:00Z", "entered at 23:59:59 of a day of 23 hours")]
    [InlineData("2027-08-01T10:00:00Z", "2027-10-30T22:00:00Z", "the last day is the one before winter time")]
    [InlineData("2027-08-02T10:00:00Z", "2027-10-31T23:00:00Z", "the last day has 25 hours")]
    [InlineData("2027-10-30T22:00:00Z", "2028-01-29T23:00:00Z", "entered at 00:00:00 of a day of 25 hours")]
    [InlineData("2027-10-31T00:30:00Z", "2028-01-29T23:00:00Z", "entered at 02:30, the first time")]
    [InlineData("2027-10-31T01:30:00Z", "2028-01-29T23:00:00Z", "entered at 02:30, the second time")]
    [InlineData("2027-10-31T22:59:59Z", "2028-01-29T23:00:00Z", "entered at 23:59:59 of a day of 25 hours")]
    [InlineData("2026-12-01T11:00:00Z", "2027-03-01T23:00:00Z", "over the end of a February of 28 days")]
    [InlineData("2027-12-01T11:00:00Z", "2028-02-29T23:00:00Z", "the last day is 29 February")]
    [InlineData("2027-12-02T11:00:00Z", "2028-03-01T23:00:00Z", "over 29 February")]
    [InlineData("2028-02-28T23:00:00Z", "2028-05-29T22:00:00Z", "entered at 00:00:00 of 29 February")]
    [InlineData("2028-02-29T22:59:59Z", "2028-05-29T22:00:00Z", "entered at 23:59:59 of 29 February")]
    [InlineData("2026-12-31T22:59:59Z", "2027-03-31T22:00:00Z", "entered in the last second of the year")]
    [InlineData("2026-12-31T23:00:00Z", "2027-04-01T22:00:00Z", "entered in the first second of the year")]
    [InlineData("2027-10-02T10:00:00Z", "2027-12-31T23:00:00Z", "the last day is 31 December")]
    public void Access_lasts_through_the_90th_day_after_the_day_of_entry(string enteredAt, string accessUntil, string because)
    {
        var until = AccessPeriod.Until(Utc(enteredAt));

        Assert.True(Utc(accessUntil) == until, $"{because}: {until:O}");
        Assert.Equal(TimeSpan.Zero, until.Offset);
    }

    [Theory]
    [InlineData("2027-02-20T23:00:00Z", "2028-02-20T23:00:00Z", "both midnights in winter")]
    [InlineData("2027-06-26T22:00:00Z", "2028-06-26T22:00:00Z", "both midnights in summer")]
    [InlineData("2027-10-30T22:00:00Z", "2028-10-30T22:00:00Z", "in winter by then, so that midnight would be an hour after the year")]
    [InlineData("2027-03-27T23:00:00Z", "2028-03-27T22:00:00Z", "in summer by then, so that midnight is an hour before the year")]
    [InlineData("2028-02-28T23:00:00Z", "2029-02-27T23:00:00Z", "there is no 29 February next year")]
    [InlineData("2028-02-29T23:00:00Z", "2029-02-28T23:00:00Z", "1 March, after a leap day")]
    [InlineData("2027-12-31T23:00:00Z", "2028-12-31T23:00:00Z", "new year")]
    public void Everything_is_deleted_a_year_after_the_end_and_never_later(string accessUntil, string deletedAtLatest, string because)
    {
        var latest = AccessPeriod.DeletedAtLatest(Utc(accessUntil));

        Assert.True(Utc(deletedAtLatest) == latest, $"{because}: {latest:O}");
    }

    [Fact]
    public void The_deadline_is_never_after_a_year_and_at_most_an_hour_and_a_day_before_it()
    {
        for (var enteredAt = Utc("2026-01-01T12:00:00Z"); enteredAt.Year < 2070; enteredAt = enteredAt.AddDays(1))
        {
            var accessUntil = AccessPeriod.Until(enteredAt);

            var latest = AccessPeriod.DeletedAtLatest(accessUntil);

            Assert.True(latest <= accessUntil.AddYears(1), $"{accessUntil:O} → {latest:O}");
            Assert.True(latest >= accessUntil.AddYears(1).AddHours(-25), $"{accessUntil:O} → {latest:O}");
        }
    }

    [Fact]
    public void Every_hour_of_a_day_in_Zurich_gives_the_same_end()
    {
        var ends = Enumerable.Range(0, 24 * 365).Select(hour => AccessPeriod.Until(Utc("2026-12-31T23:00:00Z").AddHours(hour))).ToList();

        Assert.Equal(365, ends.Distinct().Count());
        Assert.Equal(23, ends.Count(end => end == Utc("2027-06-26T22:00:00Z")));
        Assert.Equal(25, ends.Count(end => end == Utc("2028-01-29T23:00:00Z")));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
