using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>2,200 people whose access ends on the same day.</summary>
public sealed class ReminderTimeTests
{
    private static readonly VoucherId[] People =
        [.. Enumerable.Range(0, 2_200).Select(person => VoucherId.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(person.ToString(CultureInfo.InvariantCulture)))))];

    /// <summary>The last days before and after both clock changes, 29 February, and ordinary ones.</summary>
    [Theory]
    [InlineData("2027-02-20T23:00:00Z", 14, 18)]
    [InlineData("2027-02-20T23:00:00Z", 3, 18)]
    [InlineData("2027-02-20T23:00:00Z", 0, 12)]
    [InlineData("2027-03-28T22:00:00Z", 0, 12)]
    [InlineData("2027-03-31T22:00:00Z", 3, 18)]
    [InlineData("2027-10-31T23:00:00Z", 0, 12)]
    [InlineData("2027-11-14T23:00:00Z", 14, 18)]
    [InlineData("2028-02-29T23:00:00Z", 0, 12)]
    public void Reminders_come_by_day_spread_over_its_hours_and_on_the_last_day_before_noon(string accessUntil, int daysLeft, int before)
    {
        var until = DateTimeOffset.Parse(accessUntil, CultureInfo.InvariantCulture);
        var times = People.Select(person => Instant.FromDateTimeOffset(AccountDue.ReminderAt(person, until, daysLeft)).InZone(DateTimeZoneProviders.Tzdb["Europe/Zurich"])).ToList();

        var byHour = times.CountBy(time => time.Hour).OrderBy(hour => hour.Key).ToList();

        Assert.Equal(Enumerable.Range(6, before - 6), byHour.Select(hour => hour.Key));
        // 16 times in 12 hours are one or two in each, in 6 hours two or three.
        Assert.All(byHour, hour => Assert.InRange(hour.Value, 1, People.Length * (daysLeft == 0 ? 3.5 : 2.5) / 16));
        Assert.All(times, time => Assert.Equal(daysLeft, AccessPeriod.DaysLeft(until, time.ToDateTimeOffset())));
    }

    [Fact]
    public void A_reminder_is_due_at_a_whole_second_that_is_the_same_each_time()
    {
        var until = new DateTimeOffset(2027, 2, 20, 23, 0, 0, TimeSpan.Zero);

        var times = AccountDue.ReminderDays.Select(days => AccountDue.ReminderAt(People[0], until, days)).ToList();

        Assert.Equal(times, AccountDue.ReminderDays.Select(days => AccountDue.ReminderAt(VoucherId.FromBytes(People[0].ToBytes()), until, days)));
        Assert.All(times, time => Assert.Equal(0, time.Ticks % TimeSpan.TicksPerSecond));
    }
}
